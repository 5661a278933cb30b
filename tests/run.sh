#!/bin/bash
# Builds Verdict as it is shipped and runs all its tests; ctest's verdict is the last thing printed.
#   tests/run.sh                installs the Debian packages that are missing (it names them; root or sudo)
#   tests/run.sh --no-install   takes what is there
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1-}" in
  '') .ci/install_deps ;;
  --no-install) ;;
  *) echo "usage: tests/run.sh [--no-install]" >&2; exit 2 ;;
esac

# ctest lists the tests that failed, and those that were skipped, after its verdict: here they come before it.
verdict_last() {
  local line verdict=''
  while IFS= read -r line; do
    case $line in
      *'% tests passed, '* | 'Total Test time '*) verdict+=$line$'\n' ;;
      *) printf '%s\n' "$line" ;;
    esac
  done
  printf '%s' "$verdict"
}

cmake --preset release
cmake --build --preset release
ctest --preset release 2>&1 | verdict_last
