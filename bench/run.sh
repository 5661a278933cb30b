#!/bin/bash
# Builds the benchmarks as Verdict is shipped, runs them, and prints medians and ratios.
#   bench/run.sh              all
#   bench/run.sh decide ...   bench_decide, ... only
#   KEEP=DIR bench/run.sh     and keeps what they measured as DIR/decide.json, ...
# The repetitions of all cases are mixed, so that a busy moment of the machine hits all alike.
set -euo pipefail
cd "$(dirname "$0")/.."
build=build/bench
kept=${KEEP:-$build}
things=("$@")
((${#things[@]} > 0)) || things=(decide functions growth program check json token)

cmake --preset bench >/dev/null
cmake --build --preset bench --target "${things[@]/#/bench_}" policyc >/dev/null

declare -A seconds=([functions]=0.02 [growth]=0.01)  # of one repetition, where there are many cases
declare -A form=([functions]=--table)
for thing in "${things[@]}"; do
  printf '== %s\n' "$thing"
  "$build/bin/bench_$thing" --benchmark_repetitions=15 --benchmark_min_time="${seconds[$thing]-0.05}" \
    --benchmark_enable_random_interleaving=true --benchmark_report_aggregates_only=true \
    --benchmark_format=json 2>/dev/null >"$kept/$thing.json"
  python3 bench/ratios.py ${form[$thing]-} <"$kept/$thing.json"
done

# The whole of `policyc compile`, process and files included.
printf '== policyc compile examples/clerk_orders\n'
runs=50
began=$(date +%s%N)
for ((i = 0; i < runs; ++i)); do
  "$build/bin/policyc" compile examples/clerk_orders -o "$build/clerk_orders.vbc"
done
ended=$(date +%s%N)
awk -v ns="$((ended - began))" -v runs="$runs" 'BEGIN { printf "%.2f ms, mean of %d runs\n", ns / runs / 1e6, runs }'
