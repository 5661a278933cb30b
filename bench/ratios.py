#!/usr/bin/env python3
"""Medians and ratios from the JSON of a Google Benchmark run on standard input.

A benchmark <what>/<case> is divided by by_hand/<case> of the same run, where there is one. CPU time: what other processes
do on the machine counts less than with the time of the wall clock, but it counts; read the ratios.

    ratios.py            a line for each benchmark
    ratios.py --table    of decide/<case>/<hit or miss> beside by_hand/...: a Markdown table, a row for each case
"""
import json
import re
import sys

NANOSECONDS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}


def show(nanoseconds):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("us", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:8.2f} {unit}"
    return f"{nanoseconds:8.2f} ns"


def read_medians(stream):
    """Nanoseconds by name, and what else each benchmark counted."""
    medians, counters = {}, {}
    for run in json.load(stream)["benchmarks"]:
        if run.get("error_occurred"):
            sys.exit(f"{run['name']}: {run['error_message']}")
        if run.get("aggregate_name") != "median":
            continue
        medians[run["run_name"]] = run["cpu_time"] * NANOSECONDS[run["time_unit"]]
        counters[run["run_name"]] = run
    if not medians:
        sys.exit("no medians: run with --benchmark_repetitions")
    return medians, counters


def by_case(name):
    what, _, case = name.partition("/")
    return case, what


def in_order(name):
    """Cases together, their sizes as numbers."""
    case, what = by_case(name)
    return [int(part) if part.isdigit() else part for part in re.split(r"([0-9]+)", case)], what


def print_lines(medians, counters):
    for name, median in sorted(medians.items(), key=lambda item: in_order(item[0])):
        base = medians.get("by_hand/" + by_case(name)[0])
        ratio = f"   {median / base:7.2f} x by hand" if base else ""
        size = f"   {counters[name]['file_bytes'] / 1e6:.2f} MB" if "file_bytes" in counters[name] else ""
        parts = counters[name].get("expressions")
        each = f"   {show(median / parts).strip()} an expression" if parts else ""
        print(f"{name:28}{show(median)}{ratio}{size}{each}")


def cells(medians, case):
    by_hand, decide = (medians.get(f"{what}/{case}") for what in ("by_hand", "decide"))
    return f" {by_hand:.1f} | {decide:.1f} | {decide / by_hand:.1f} |" if by_hand and decide else " | | |"


def print_table(medians, counters):
    print("| ns | hit: by hand | decide | ratio | miss: by hand | decide | ratio |\n|---|---:|---:|---:|---:|---:|---:|")
    names = sorted(medians, key=lambda name: counters[name]["family_index"])  # as they are declared
    for case in dict.fromkeys(by_case(name)[0].rpartition("/")[0] for name in names):
        print(f"| `{case}` |" + cells(medians, case + "/hit") + cells(medians, case + "/miss"))


def main():
    medians, counters = read_medians(sys.stdin)
    if "--table" in sys.argv[1:]:
        print_table(medians, counters)
    else:
        print_lines(medians, counters)


if __name__ == "__main__":
    main()
