#!/usr/bin/env python3
"""Draws bench/figures/*.svg from the JSON of bench_growth on standard input.

Both axes are logarithmic, so that growth in proportion is a straight line of one slope, which is drawn for comparison.
Solid lines are Verdict's, dashed ones the same test by hand. The background is opaque: the figures stand on any page.
"""
import json
import math
import pathlib
import sys
from dataclasses import dataclass, field

WIDTH, HEIGHT = 820, 500
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 44, 76
COLORS = ("#0b6bcb", "#c2410c", "#15803d", "#7e22ce", "#a16207")
INK, FAINT, PAPER = "#1f2937", "#d1d5db", "#fcfcfb"
LABEL_HEIGHT = 15
NANOSECONDS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}


@dataclass
class Figure:
    name: str
    title: str
    size: str  # what the horizontal axis counts
    sizes: tuple  # its marks
    lines: dict  # case: label
    by_hand: str  # how the dashed lines are called
    points: dict = field(default_factory=dict)  # (what, case): [(size, nanoseconds), ...]


def figures():
    return (
        Figure("string_like", "string_like: a decision on a text of the letter a alone, which no glob here matches",
               "bytes of text", (256, 512, 1024, 2048, 4096, 8192, 16384),
               {"stars": "*a*a*a*a*b", "open_stars": "*a*a*a*a*b*", "run": "*a…ab* (64 a)",
                "marks": "*a?a?a?a?b*", "many_marks": "*a?a?…b* (32 a?)"}, "fnmatch() of the C library"),
        Figure("ip_in", "ip_in: a decision on one address and a set of networks", "networks in the set",
               (1, 4, 16, 64, 256, 1000, 4000, 16000),
               {"neighbours_hit": "hosts, hit", "neighbours_miss": "hosts, miss", "nested_hit": "nested, hit",
                "nested_miss": "nested, miss"}, "by hand, one after the other"))


def read_points(runs, figure):
    for run in runs:
        parts = run["run_name"].split("/")
        if run.get("aggregate_name") != "median" or len(parts) != 3 or parts[1] not in figure.lines:
            continue
        point = (int(parts[2]), run["cpu_time"] * NANOSECONDS[run["time_unit"]])
        figure.points.setdefault((parts[0], parts[1]), []).append(point)


class Scale:
    """A logarithmic axis: from values to pixels."""

    def __init__(self, low, high, first, last):
        self.low, self.high, self.first, self.last = low, high, first, last

    def __call__(self, value):
        part = math.log(value / self.low) / math.log(self.high / self.low)
        return self.first + part * (self.last - self.first)


def scales(figure):
    times = [time for points in figure.points.values() for _, time in points]
    low, high = (10 ** edge(math.log10(time)) for edge, time in ((math.floor, min(times)), (math.ceil, max(times))))
    return (Scale(figure.sizes[0], figure.sizes[-1], LEFT, WIDTH - RIGHT), Scale(low, high, HEIGHT - BOTTOM, TOP))


def text(x, y, words, anchor="start", color=INK, size=12, turn=""):
    words = words.replace("&", "&amp;").replace("<", "&lt;")
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}" font-size="{size}"{turn}>{words}</text>'


def line(points, color, style=""):
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{color}" {style}/>'


def show_time(nanoseconds):
    for unit, size in (("ms", 1e6), ("us", 1e3), ("ns", 1)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:g} {unit}"
    return f"{nanoseconds:g} ns"


def draw_axes(figure, x, y):
    drawn = [text(LEFT, 24, figure.title, size=14)]
    for size in figure.sizes:
        drawn += [line([(x(size), y.first), (x(size), y.last)], FAINT), text(x(size), y.first + 18, f"{size:,}", "middle")]
    for power in range(round(math.log10(y.low)), round(math.log10(y.high)) + 1):
        drawn += [line([(x.first, y(10 ** power)), (x.last, y(10 ** power))], FAINT),
                  text(LEFT - 8, y(10 ** power) + 4, show_time(10 ** power), "end")]
    return drawn + [text((x.first + x.last) / 2, y.first + 38, figure.size, "middle")]


def draw_linear(figure, x, y):
    """Time in proportion to size, through the middle of the figure, as far as it goes."""
    growth = figure.sizes[-1] / figure.sizes[0]
    start = max(y.low, math.sqrt(y.low * y.high / growth))
    growth = min(growth, y.high / start)
    ends = [(x.first, y(start)), (x(figure.sizes[0] * growth), y(start * growth))]
    return [line(ends, INK, 'stroke-width="1.5" stroke-dasharray="1.5 5"')]


def spread(labels):
    """From the top down, no two closer than a line of text."""
    last = -math.inf
    for height, words, color in sorted(labels):
        last = max(height, last + LABEL_HEIGHT)
        yield last, words, color


def draw(figure):
    x, y = scales(figure)
    drawn = draw_axes(figure, x, y)
    labels = []
    for color, (case, words) in zip(COLORS, figure.lines.items()):
        for (what, _), points in ((key, at) for key, at in figure.points.items() if key[1] == case):
            style = 'stroke-width="1.3" stroke-dasharray="6 4"' if what == "by_hand" else 'stroke-width="2.4"'
            ends = [(x(size), y(time)) for size, time in sorted(points)]
            drawn.append(line(ends, color, style))
            if what != "by_hand":
                labels.append((ends[-1][1], words, color))
    drawn += [text(x.last + 10, height + 4, words, color=color) for height, words, color in spread(labels)]
    legend = f"solid: Verdict; dashed: {figure.by_hand}; dotted: linear growth"
    return drawn + draw_linear(figure, x, y) + [text(LEFT, HEIGHT - 8, legend)]


def save(figure, folder):
    drawn = "\n".join(draw(figure))
    (folder / f"{figure.name}.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'role="img" aria-label="{figure.title}">\n'
        f'<rect width="100%" height="100%" rx="8" fill="{PAPER}" stroke="{FAINT}"/>\n{drawn}\n</svg>\n')


def main():
    folder = pathlib.Path(__file__).parent / "figures"
    folder.mkdir(exist_ok=True)
    runs = json.load(sys.stdin)["benchmarks"]
    for figure in figures():
        read_points(runs, figure)
        save(figure, folder)


if __name__ == "__main__":
    main()
