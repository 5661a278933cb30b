#!/usr/bin/env python3
"""Makes the files beside it, once for a release of tzdata: forty zones as `zic -b slim` writes them, and what Python's
zoneinfo says of each at 200 instants and around as many as 60 transitions: at more than 10,000 instants in all.

  tests/zones/make.py [FOLDER]   FOLDER has tzdata.zi; /usr/share/zoneinfo where it is not given

instants.txt has a line a zone: its name, its offsets in seconds, then letters that stand for them (the first is `a`).
First 200 letters, one for each instant of the series that series() makes, which the test makes too; behind them 60
transitions, each as the seconds since the one before it, the offset before it and the one from it on.
"""
import shutil
import subprocess
import sys
import tempfile
import zoneinfo
from datetime import datetime, timedelta, timezone
from pathlib import Path

ZONES = """
Africa/Abidjan Africa/Cairo Africa/Casablanca Africa/Monrovia America/Argentina/San_Luis America/Caracas
America/Los_Angeles America/New_York America/Nuuk America/Santiago America/Sao_Paulo America/Scoresbysund
America/St_Johns Antarctica/Macquarie Antarctica/Troll Asia/Gaza Asia/Jerusalem Asia/Kathmandu Asia/Kolkata
Asia/Manila Asia/Pyongyang Asia/Shanghai Asia/Tehran Asia/Tokyo Atlantic/Azores Atlantic/Stanley Australia/Adelaide
Australia/Eucla Australia/Lord_Howe Australia/Sydney Etc/GMT+12 Europe/Amsterdam Europe/Berlin Europe/Dublin
Europe/Lisbon Europe/Moscow Pacific/Apia Pacific/Chatham Pacific/Kiritimati Pacific/Norfolk
""".split()
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
FIRST, LAST = -62135596800 + 93600, 253402300799 - 93600  # zoneinfo wants local time in the years 1 to 9999 too
HERE = Path(__file__).resolve().parent


def series(zone_number):
    """Half of the instants in all years, half from 1900 to 2100."""
    state = zone_number
    for i in range(200):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        low, high = (FIRST, LAST) if i % 2 else (-2208988800, 4102444800)
        yield low + (state >> 20) % (high - low)


def offset_at(zone, seconds):
    return int((EPOCH + timedelta(seconds=seconds)).astimezone(zone).utcoffset().total_seconds())


def transitions(zone):
    """To the second, from 1850 to 2150, between days on which the offsets differ."""
    day = 86400
    for low in range(-3786912000, 5680281600, 5 * day):
        if offset_at(zone, low) == offset_at(zone, low + 5 * day):
            continue
        high = low + 5 * day
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset_at(zone, middle) == offset_at(zone, low) else (low, middle)
        yield high


def some(items, count):
    return items if len(items) <= count else [items[i * len(items) // count] for i in range(count)]


def line_of(number, name):
    zone = zoneinfo.ZoneInfo(name)
    offsets = []

    def letter(seconds):
        offset = offset_at(zone, seconds)
        if offset not in offsets:
            offsets.append(offset)
        return chr(ord("a") + offsets.index(offset))

    letters = "".join(letter(at) for at in series(number))
    pairs, previous = [], 0
    for at in some(list(transitions(zone)), 60):
        pairs.append(f"{at - previous}{letter(at - 1)}{letter(at)}")
        previous = at
    return " ".join([name, ",".join(map(str, offsets)), letters, *pairs])


def main():
    source = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/zoneinfo") / "tzdata.zi"
    with tempfile.TemporaryDirectory() as compiled:
        subprocess.run(["zic", "-b", "slim", "-d", compiled, source], check=True)
        for name in ZONES:
            (HERE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(compiled) / name, HERE / name)
    release = source.read_text().split("\n", 1)[0]
    (HERE / "tzdata.zi").write_text(release + "\n")
    zoneinfo.reset_tzpath([str(HERE)])
    lines = [line_of(number, name) for number, name in enumerate(ZONES)]
    (HERE / "instants.txt").write_text("\n".join([release, *lines]) + "\n")


if __name__ == "__main__":
    main()
