#!/usr/bin/env python3
"""Medians and ratios from the JSON of a Google Benchmark run on standard input.

A benchmark <what>/<case> is divided by by_hand/<case> of the same run, where there is one. CPU time: what other processes
do on the machine counts less than with the time of the wall clock, but it counts; read the ratios.
"""
import json
import sys

NANOSECONDS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}


def show(nanoseconds):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("us", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:8.2f} {unit}"
    return f"{nanoseconds:8.2f} ns"


def main():
    medians, bytes_of = {}, {}
    for run in json.load(sys.stdin)["benchmarks"]:
        if run.get("error_occurred"):
            sys.exit(f"{run['name']}: {run['error_message']}")
        if run.get("aggregate_name") != "median":
            continue
        medians[run["run_name"]] = run["cpu_time"] * NANOSECONDS[run["time_unit"]]
        bytes_of[run["run_name"]] = run.get("file_bytes")
    if not medians:
        sys.exit("no medians: run with --benchmark_repetitions")
    for name, median in sorted(medians.items(), key=lambda item: item[0].split("/")[::-1]):
        base = medians.get("by_hand/" + name.split("/")[-1])
        ratio = f"   {median / base:6.1f} x by hand" if base else ""
        size = f"   {bytes_of[name] / 1e6:.2f} MB" if bytes_of[name] else ""
        print(f"{name:28}{show(median)}{ratio}{size}")


if __name__ == "__main__":
    main()
