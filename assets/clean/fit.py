#!/usr/bin/env python3
"""Fits the line model of src/annotate/clean (see README.md beside this file). Needs numpy and scikit-learn.

usage: fit.py prepare PAGES WORK     texts to measure: the pages, and parts of them without most of the menus
       fit.py fit PAGES WORK         line-model.tsv beside this file, and WORK/cv for cross-validation

PAGES holds gold.jsonl ({"name", "url", "paragraphs"}), plain/NAME.txt and html/NAME.html.gz.
Between the two steps a test of the crate measures the lines, so that Rust and Python share one feature code.
"""
import json, os, random, re, shutil, sys

FOLDS = 5
# C and the weight of a part against a whole page, chosen by cross-validation; the last two are how the run is cut.
SETTINGS = {"plain": {"C": 1.0, "run-bias": 0.7, "keep-above": -1.5}, "marked": {"C": 0.1, "run-bias": 1.0, "keep-above": -1.0}}
PART = 0.5


def words(text):
    return re.findall(r"\w+", text.lower())


def grams(found):
    return [tuple(found[i:i + 4]) for i in range(len(found) - 3)]


def labels(lines, paragraphs):
    """A line is article where over 60 % of its 4-grams are; a shorter one where it is a paragraph itself."""
    known = set(grams(words("\n".join(paragraphs))))
    short = {" ".join(words(part)) for p in paragraphs for part in [p, *p.split("\n")]}
    made = []
    for line in lines:
        found = words(line)
        runs = grams(found)
        made.append(sum(g in known for g in runs) > 0.6 * len(runs) if runs else bool(found) and " ".join(found) in short)
    return made


def gold(pages):
    with open(os.path.join(pages, "gold.jsonl"), encoding="utf-8") as f:
        return {d["name"]: d for d in map(json.loads, f)}


def stretch(label):
    """The densest run of article lines, first and last."""
    best, total, most, start = (0, 0), 0, -1, 0
    for i, yes in enumerate(label):
        total += 3 if yes else -1
        if total < 0:
            total, start = 0, i + 1
        if total > most:
            most, best = total, (start, i)
    return best


def prepare(pages, work):
    """Archives hold texts with little furniture or none; parts of the pages stand for them."""
    plain, marked = os.path.join(work, "plain"), os.path.join(work, "html")
    for folder in (plain, marked):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
    rng = random.Random(7)
    for name, page in gold(pages).items():
        with open(os.path.join(pages, "plain", name + ".txt"), encoding="utf-8") as f:
            text = f.read()
        shutil.copy(os.path.join(pages, "html", name + ".html.gz"), marked)
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        label = labels(lines, page["paragraphs"])
        parts = {"": text}
        if any(label):
            first, last = stretch(label)
            body = [line for line, yes in zip(lines[first:last + 1], label[first:last + 1]) if yes]
            for part, before, after in [("near", 4, 6), ("wide", 12, 15)]:
                cut = lines[max(0, first - rng.randint(0, before)):last + 1 + rng.randint(0, after)]
                parts["." + part] = "\n".join(cut) + "\n"
            few = rng.randint(1, 4)
            start = rng.randint(0, max(0, len(body) - few))
            parts[".body"] = "\n".join(body) + "\n"
            parts[".tiny"] = "\n".join(body[start:start + few]) + "\n"
        for part, content in parts.items():
            with open(os.path.join(plain, f"{name}{part}.txt"), "w", encoding="utf-8") as f:
                f.write(content)


def load(path, pages):
    import numpy as np
    made = {}
    with open(path, encoding="utf-8") as f:
        names = next(f).rstrip("\n").split("\t")[3:]
        for row in f:
            cells = row.rstrip("\n").split("\t")
            lines, values = made.setdefault(cells[0], ([], []))
            lines.append(cells[2])
            values.append(np.array(cells[3:], dtype=np.float32))
    data = {}
    for name, (lines, values) in made.items():
        y = np.array(labels(lines, pages[name.split(".")[0]]["paragraphs"]))
        data[name] = (np.array(values), y, np.log1p([min(len(line.split()), 60) for line in lines]))
    return names, data


def weights(data, names, settings):
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    x = np.vstack([data[n][0] for n in names])
    y = np.concatenate([data[n][1] for n in names])
    # A page weighs by the root of its lines, within it a line by its length.
    each = [data[n][2] / data[n][2].sum() * len(data[n][2]) ** 0.5 * (PART if "." in n else 1) for n in names]
    w = np.concatenate(each)
    model = LogisticRegression(C=settings["C"], max_iter=600).fit(x, y, sample_weight=w * len(w) / w.sum())
    return float(model.intercept_[0]), [float(v) for v in model.coef_[0]]


def write(path, names, fitted, note=""):
    rows = [("bias", [fitted[k][0] for k in SETTINGS])]
    rows += [(s, [SETTINGS[k][s] for k in SETTINGS]) for s in ("run-bias", "keep-above")]
    rows += [(n, [fitted[k][1][i] if i < len(fitted[k][1]) else 0.0 for k in SETTINGS]) for i, n in enumerate(names)]
    with open(path, "w", encoding="utf-8") as f:
        f.write(note + "".join(f"{n}\t{a:.4f}\t{b:.4f}\n" for n, (a, b) in rows))


def fit(folder, work):
    pages = gold(folder)
    site = {n: re.sub(r"^www\.", "", d["url"].split("/")[2]) for n, d in pages.items()}
    sites = sorted(set(site.values()))
    random.Random(1).shuffle(sites)
    fold = {n: sites.index(s) % FOLDS for n, s in site.items()}
    data = {}
    for kind in SETTINGS:
        names, data[kind] = load(os.path.join(work, kind + ".tsv"), pages)
    out = os.path.join(work, "cv")
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(out, "folds.tsv"), "w", encoding="utf-8") as f:
        f.write("".join(f"{n}\t{k}\n" for n, k in fold.items()))
    for k in range(FOLDS):
        some = {kind: weights(d, [n for n in d if fold[n.split(".")[0]] != k], SETTINGS[kind]) for kind, d in data.items()}
        write(os.path.join(out, f"{k}.tsv"), names, some)
    every = {kind: weights(d, list(d), SETTINGS[kind]) for kind, d in data.items()}
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "line-model.tsv")
    write(here, names, every, "# feature TAB weight for text without markup TAB weight for text with markup; see README.md\n")


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("prepare", "fit"):
        sys.exit(__doc__)
    {"prepare": prepare, "fit": fit}[sys.argv[1]](sys.argv[2], sys.argv[3])
