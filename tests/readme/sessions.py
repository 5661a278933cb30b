#!/usr/bin/env python3
"""Runs the lines that README.md shows, in their order, in one shell, and holds what they print against the page.

  sessions.py --policyc PATH     the lines of policyc, with one that is built, in a scratch folder; ctest does this.
                                 Nobody waits: after `sleep N`, `policyc eval` is told a time that is N s later
  sessions.py --shell WORD ...   every line, `sleep` too, by the shell that the words start; its folder is a clone.
                                 bare_root.sh does this

A line is what follows `$ ` in a block ```console, or stands in an indented block. Each must end with 0, and the
program that it calls must be one of PROGRAMS, which says what may be printed. What the page shows must be printed
exactly, but for times: any date in the form of RFC 3339 stands for any other, and so does `N s ago`.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent.parent

# What a program prints: AS_SHOWN, nothing else; or, where the page shows nothing, a text that this expression finds.
AS_SHOWN = None
ANYTHING = ""
PROGRAMS = {
    "policyc": AS_SHOWN,
    "build/embed/embed": AS_SHOWN,
    "PATH": AS_SHOWN,
    "cmake": ANYTHING,
    ".ci/install_deps": ANYTHING,
    "examples/clerk_orders/run.sh": r"\n== As expected: [^\n]*\n\Z",
    "tests/run.sh": r"\n100% tests passed, 0 tests failed out of \d+\nTotal Test time \(real\) = [^\n]* sec\n\Z",
}

# Printed after each line: a character that no program prints, and the status.
END = "\x1e"

# What replaces the waiting; a line begins with `waited=0`.
NO_WAITING = """
sleep() { waited=$1; }
policyc() {
  if [[ $1 == eval ]] && ((waited > 0)); then set -- "$@" --now "$(date -u -d "+$waited seconds" +%FT%TZ)"; fi
  command policyc "$@"
}
"""


class Line:
    def __init__(self, text):
        self.text, self.shown = text, ""
        found = re.match(r"(?:sleep \d+; )?([^\s=]+)", text)
        self.program = found.group(1) if found else text
        if self.program not in PROGRAMS:
            sys.exit(f"README.md: `{text}`: not a line that {Path(__file__).name} knows how to run (PROGRAMS)")

    def check(self, printed, status):
        if status != 0:
            sys.exit(f"`{self.text}` ended with {status}")
        wanted = PROGRAMS[self.program]
        if wanted is AS_SHOWN or self.shown:
            if without_times(printed) != without_times(self.shown):
                sys.exit(f"`{self.text}`: README.md shows\n{self.shown}\nprinted was\n{printed}")
        elif not re.search(wanted, printed):
            sys.exit(f"`{self.text}`: what it prints does not end as it should: {wanted}")


def without_times(text):
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "DATE", text)
    return re.sub(r"\d+ s ago", "N s ago", text)


def read_lines(page):
    lines, block = [], None
    for row in page.splitlines():
        if row.startswith("```"):
            block = row.removeprefix("```") if block is None else None
        elif block == "console" and row.startswith("$ "):
            lines.append(Line(row.removeprefix("$ ")))
        elif block == "console":
            lines[-1].shown += row + "\n"
        elif block is None and row.startswith("    "):
            lines.append(Line(row.strip()))
    return lines


def run(lines, shell, before="", **options):
    """One shell for all lines, so that each finds what the ones before it have set; its input is empty."""
    script = before + "".join(
        f"waited=0\n{{ {line.text}\n}} </dev/null 2>&1\nprintf '{END}%d\\n' $?\n" for line in lines)
    with subprocess.Popen([*shell, "-c", script], text=True, errors="replace", stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, **options) as process:
        try:
            for line in lines:
                print("$", line.text, flush=True)
                printed, status = read_output(process.stdout)
                if status is None:
                    sys.exit(f"`{line.text}`: the shell ended")
                line.check(printed, status)
        except BaseException:
            process.kill()  # not the lines after the one that failed
            raise


def read_output(stream):
    """What one line prints, shown while it comes, and its status."""
    printed = ""
    for row in stream:
        text, end, status = row.partition(END)
        print(text, end="", flush=True)
        printed += text
        if end:
            return printed, int(status)
    return printed, None


def run_policyc(lines, policyc):
    kept = [line for line in lines if line.program == "policyc"]
    if not kept:
        sys.exit("README.md shows no line of policyc")
    with tempfile.TemporaryDirectory(prefix="verdict_readme_") as scratch:
        shutil.copytree(SOURCE / "examples", Path(scratch, "examples"))
        Path(scratch, "build").mkdir()
        path = f"{policyc.resolve().parent}:{os.environ['PATH']}"
        run(kept, ["bash"], NO_WAITING, cwd=scratch, env={**os.environ, "PATH": path})
        strangers = {path.name for path in Path(scratch).iterdir()} - {"build", "examples"}
        if strangers:
            sys.exit(f"written outside of build/: {strangers}")
    print(f"{len(kept)} of {len(lines)} lines as README.md shows them; the others are left to bare_root.sh")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--policyc", type=Path)
    how.add_argument("--shell", nargs=argparse.REMAINDER)
    args = parser.parse_args()
    lines = read_lines((SOURCE / "README.md").read_text())
    if args.policyc:
        run_policyc(lines, args.policyc)
    else:
        run(lines, args.shell)
        print(f"all {len(lines)} lines as README.md shows them")


if __name__ == "__main__":
    main()
