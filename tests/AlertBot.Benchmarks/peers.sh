#!/bin/sh
# Our matcher beside its peers, in one run: sh peers.sh BENCH DATA [SIZES]
#   BENCH  the folder with gen_kb.py, gen_stories.py and match/
#   DATA   a scratch folder: what is generated and built there is kept for the next run
# Peers that cannot be built here are left out; on Debian: apt-get install cargo librust-aho-corasick-dev librust-quick-xml-dev g++ libhyperscan-dev
set -eu
BENCH=$1; DATA=$2; SIZES=${3:-"1000 10000 100000 1000000"}
HERE=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$DATA"
dotnet build "$HERE" -c Release -v q > "$DATA/build.log" || { cat "$DATA/build.log"; exit 1; }
OURS=$HERE/../../artifacts/bin/AlertBot.Benchmarks/release/AlertBot.Benchmarks
RUST=$DATA/rs/release/anchors-rs; HYPERSCAN=$DATA/hs
[ -x "$RUST" ] || { cp -r "$BENCH/match/rust-ac" "$DATA/rust-ac" && (cd "$DATA/rust-ac" && CARGO_TARGET_DIR=$DATA/rs cargo build --release --offline) || echo "Rust's aho-corasick is left out" >&2; }
[ -x "$HYPERSCAN" ] || g++ -O2 -march=native -o "$HYPERSCAN" "$BENCH/match/hs.cpp" -lhs || echo "hyperscan is left out" >&2
for n in $SIZES; do
  at=$DATA/kb$n
  [ -f "$at/plain.txt" ] || { python3 "$BENCH/gen_kb.py" --aliases "$n" --out "$at" && python3 "$BENCH/gen_stories.py" --kb "$at/kb.jsonl" --count 10000 --words 350 --out "$at/stories.jsonl" --plain "$at/plain.txt"; } >&2
  "$OURS" match --aliases "$n" --stories "$at/stories.jsonl"
  [ -x "$RUST" ] && "$RUST" ac "$at/aliases.tsv" "$at/plain.txt" nfa cs 5
  # Compiling takes hyperscan minutes at a million names and more than that blind to case.
  [ -x "$HYPERSCAN" ] && timeout 600 "$HYPERSCAN" "$at/aliases.tsv" "$at/plain.txt" cs 5
  "$OURS" match --with search-values --aliases "$n" --stories "$at/stories.jsonl"
  "$OURS" match --aliases "$n" --stories "$at/stories.jsonl"
done
