#!/usr/bin/env bash
# Instructions an article of a bench, under valgrind: the same on every run, whatever else the machine does.
# usage: benches/instructions.sh temporal
# The difference between 6 passes and 1, so that start-up and the building of the articles do not count.
set -euo pipefail
cd "$(dirname "$0")/.."
bench=${1:?name a bench}
binary=$(cargo bench --bench "$bench" --no-run --message-format=json 2>/dev/null |
    sed -n 's/.*"executable":"\([^"]*\/'"$bench"'-[^"]*\)".*/\1/p' | tail -n 1)
count() {
    DATELINE_PASSES=$1 valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" 2>&1 |
        sed -n 's/^articles \([0-9]*\)$/\1/p; s/.*Collected : \([0-9]*\).*/\1/p' | tr '\n' ' '
}
read -r articles one <<<"$(count 1)"
read -r _ six <<<"$(count 6)"
echo "$bench: $(((six - one) / 5 / articles)) instructions an article ($articles articles, 5 passes)"
