#!/usr/bin/env python3
"""Verdict as an outside project meets it, decisions included.

  run.py find_package ...       installed into a prefix that is then moved, so that neither the build tree nor the place
                                that it was installed to can be of use; for C++20 and C++23 with the same library
  run.py add_subdirectory ...   as a source tree within another project, a copy of the library's folders alone, without
                                the packages that only policyc and the tests need; then the same as a shared library,
                                installed, its build tree deleted

CMakeLists.txt gives the other arguments.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LAYERS = ("vm", "runtime")
LIBRARY = ("CMakeLists.txt", "cmake", *LAYERS)
CONSUMER = "tests/install/consumer"
# What only policyc, the tests and the benches look for.
DEVELOPERS_PACKAGES = ("pegtl", "CLI11", "GTest", "Python3", "benchmark")

# Whose clock the consumer sets: the middle of the minute for which its token was made.
LONG_AGO, LONG_AGO_SECONDS = "2020-01-01T00:00:00Z", 1577836800
CONSUMER_SAYS = """\
check_authorization: Allow, rule, approve_orders, org-admin-allow
authenticate: Allow, rule, approve_orders, org-admin-allow
authenticate: Deny, action_not_found, -, -
authenticate: 0 missing
bind: Deny, default, approve_orders, -
bind: Deny, action_not_found, -, -
bind: 1 missing
"""


def run(*command, **options):
    print("$", *command, flush=True)
    ran = subprocess.run([str(word) for word in command], text=True, capture_output=True, **options)
    if ran.returncode != 0:
        sys.exit(f"{ran.stdout}{ran.stderr}failed with {ran.returncode}")
    return ran


def expect(what, got, wanted):
    if got != wanted:
        sys.exit(f"{what}: expected\n{wanted}\ngot\n{got}")


def install(args, source, build_tree, scratch):
    first, prefix = scratch / "first", scratch / "prefix"
    run(args.cmake, "--install", build_tree, "--prefix", first)
    first.rename(prefix)
    headers = {path.name for layer in LAYERS for path in (args.source / layer / "include/verdict").iterdir()}
    expect("the installed headers", {path.name for path in (prefix / "include/verdict").iterdir()}, headers)
    check_paths(prefix, [source, build_tree, first])
    return prefix


def check_paths(folder, forbidden, is_meant=lambda path: True):
    """No file below `folder` that is meant may name one of the folders."""
    for path in (path for path in folder.rglob("*") if path.is_file() and is_meant(path)):
        content = path.read_bytes()
        for name in forbidden:
            if os.fsencode(name) in content:
                sys.exit(f"{path} names {name}")


def build(args, sources, folder, *settings):
    run(args.cmake, "-G", args.generator, "-S", sources, "-B", folder, f"-DCMAKE_CXX_COMPILER={args.compiler}",
        f"-DCMAKE_CXX_COMPILER_LAUNCHER={args.launcher}", *settings)
    run(args.cmake, "--build", folder, "--parallel", "2")


def build_copy(args, project, target, *settings):
    """Builds a copy of one of our outside projects and returns its build folder."""
    shutil.copytree(args.source / project, target)
    headers = sorted(path.name for layer in LAYERS for path in (args.source / layer / "include/verdict").glob("*.h"))
    (target / "every_header.cc").write_text("".join(f"#include <verdict/{name}>\n" for name in headers))
    folder = target.with_name(target.name + ".build")
    build(args, target, folder, *settings)
    return folder


def within(tree):
    """Settings of a project with Verdict in it; position-independent: the shared library then has the same objects."""
    absent = [f"-DCMAKE_DISABLE_FIND_PACKAGE_{package}=ON" for package in DEVELOPERS_PACKAGES]
    return [f"-DVERDICT_TREE={tree}", "-DCMAKE_POSITION_INDEPENDENT_CODE=ON", *absent]


def copy_library(args, tree):
    tree.mkdir()
    for name in LIBRARY:
        copy = shutil.copytree if (args.source / name).is_dir() else shutil.copy
        copy(args.source / name, tree / name)


class Example:
    """examples/clerk_orders compiled, a key, and two tokens of its admin: one that has expired and one that has not."""

    def __init__(self, args, policyc, folder):
        orders, key = args.source / "examples/clerk_orders", folder / "key.json"
        self.program, self.keys = folder / "app.vbc", folder / "jwks.json"
        run(policyc, "compile", orders, "-o", self.program)
        run(policyc, "keygen", "--private", key, "--jwks", self.keys)
        sign = (policyc, "token", "sign", "--key", key, "--claims", orders / "claims/admin.json")
        self.expired = run(*sign, "--lifetime", 60, "--now", LONG_AGO).stdout.strip()
        self.fresh = run(*sign, "--lifetime", 3600).stdout.strip()

    def check_consumer(self, folder, standard):
        ran = run(folder / "consumer", self.program, self.expired, self.keys, LONG_AGO_SECONDS + 30)
        language, _, rest = ran.stdout.partition("\n")
        expect("the language", int(language.removeprefix("language: ")) > 202002, standard > 20)
        expect("the consumer", rest, CONSUMER_SAYS)

    def check_embed(self, folder):
        ran = run(folder / "embed", self.program, self.fresh, self.keys)
        expect("an admin", ran.stdout, "Allow: rule, policy approve_orders, rule org-admin-allow\n")
        ran = run(folder / "embed", self.program, self.expired, self.keys)
        expect("an expired token", ran.stdout, "Deny: Token validation failed\n")
        expect("its log", ran.stderr.partition(":")[0], "expired")


def test_find_package(args, scratch):
    prefix = install(args, args.source, args.build, scratch)
    example = Example(args, prefix / "bin/policyc", scratch)
    for standard in (20, 23):
        settings = [f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_STANDARD={standard}"]
        consumer = build_copy(args, CONSUMER, scratch / f"consumer{standard}", *settings)
        example.check_consumer(consumer, standard)
        embed = build_copy(args, "examples/embed", scratch / f"embed{standard}", *settings)
        example.check_embed(embed)
        for folder in (consumer, embed):
            check_paths(folder, [args.source, args.build], lambda path: not os.access(path, os.X_OK))


def test_add_subdirectory(args, scratch):
    example = Example(args, args.build / "bin/policyc", scratch)
    parent, tree = scratch / "parent", scratch / "verdict"
    copy_library(args, tree)
    folder = build_copy(args, CONSUMER, parent, *within(tree))
    example.check_consumer(folder, 20)
    build(args, parent, folder, "-DBUILD_SHARED_LIBS=ON", "-DVERDICT_INSTALL=ON")
    example.check_consumer(folder, 20)
    prefix = install(args, tree, folder, scratch)
    shutil.rmtree(folder)
    example.check_consumer(build_copy(args, CONSUMER, scratch / "consumer", f"-DCMAKE_PREFIX_PATH={prefix}"), 20)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("way", choices=["find_package", "add_subdirectory"])
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--build", type=Path, required=True)
    for name in ("cmake", "generator", "compiler"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--launcher", default="", help="of the compiler: ccache")
    args = parser.parse_args()
    os.environ.pop("LD_LIBRARY_PATH", None)
    with tempfile.TemporaryDirectory(prefix="verdict_install_") as scratch:
        # All that is built stands in there, wherever that is: ccache finds it in the next run.
        os.environ["CCACHE_BASEDIR"] = os.path.realpath(scratch)
        globals()["test_" + args.way](args, Path(scratch).resolve())
    print("as expected")


if __name__ == "__main__":
    main()
