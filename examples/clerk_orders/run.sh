#!/bin/bash
# The article's workspace, from JSON and signed tokens to decisions, on a bare Debian 12:
#   examples/clerk_orders/run.sh                  installs what is missing, builds policyc, compiles, decides
#   examples/clerk_orders/run.sh --no-install     the same with what is there
#   examples/clerk_orders/run.sh --policyc PATH   with a policyc that is built already
# Ends with an error if a decision is not the expected one.
set -euo pipefail
cd "$(dirname "$0")/../.."
example=examples/clerk_orders
policyc=build/dist/bin/policyc build=yes install=yes

while (($# > 0)); do
  case $1 in
    --no-install) install=no ;;
    --policyc) policyc=${2:?--policyc needs a path} build=no install=no; shift ;;
    *) echo "usage: $example/run.sh [--no-install | --policyc PATH]" >&2; exit 2 ;;
  esac
  shift
done

say() { printf '\n== %s\n' "$*"; }

# Prints a command as one would type it, a long one in several lines, and runs it.
show() {
  local line='$' word
  for word in "$@"; do
    if [[ $word == --* ]] && ((${#line} > 70)); then
      printf '%s \\\n' "$line"
      line='   '
    fi
    line+=" $word"
  done
  printf '%s\n' "$line"
  "$@"
}

if [[ $install == yes ]]; then
  say 'Packages'
  .ci/install_deps --build
fi

if [[ $build == yes ]]; then
  say 'Build policyc (the first time takes a few minutes)'
  cmake --preset dist
  cmake --build --preset dist --target policyc
fi

bin=$(cd "$(dirname "$policyc")" && pwd)
out=$(dirname "$(dirname "$policyc")")/clerk_orders
mkdir -p "$out"
program=$out/app.vbc

say "Check the workspace, compile it into one program (policyc is in $(dirname "$policyc"))"
PATH=$bin:$PATH
show policyc check "$example"
show policyc compile "$example" -o "$program"
printf '%s: %s bytes\n' "$program" "$(stat -c %s "$program")"

say 'A key and a key set in the place of the provider'"'"'s, for this test only'
show policyc keygen --force --algorithm RS256 --private "$out/private.json" --jwks "$out/jwks.json"

failures=0

# ask HEADING CLAIMS EXPECTED: the template filled for this user becomes a token that lives for a minute; may they approve
# the order? The answer for people, then for programs.
ask() {
  say "$1"
  local answer
  local token=$out/$2.token
  echo "$ policyc token sign --key $out/private.json --claims $example/claims/$2.json --lifetime 60 >$token"
  policyc token sign --key "$out/private.json" --claims "$example/claims/$2.json" --lifetime 60 >"$token" 2>/dev/null
  local question=(policyc eval "$program" --resource orders --action approve
    --token "@$token" --jwks "$out/jwks.json" --context "$example/context/order.json")
  show "${question[@]}"
  echo '$ ... --format json'
  answer=$("${question[@]}" --format json)
  printf '%s\n' "$answer"
  if [[ ${answer// /} != *"$3"* ]]; then
    printf 'not as expected: %s\n' "$3" >&2
    failures=$((failures + 1))
  fi
}

ask 'Ada, admin of her organisation' admin '"allowed":true'
ask 'Max, member of the same organisation' member '"allowed":false'
ask 'Noa, who has no organisation: org_role is null' no_org '"allowed":false'

say 'The same token of Ada two minutes later'
late=$(date -u -d '+2 minutes' +%Y-%m-%dT%H:%M:%SZ)
show policyc eval "$program" --resource orders --action approve --token "@$out/admin.token" \
  --jwks "$out/jwks.json" --now "$late" | tee "$out/late.txt"
grep -q 'token_invalid: expired' "$out/late.txt" || failures=$((failures + 1))

if ((failures > 0)); then exit 1; fi
say 'As expected: only the admin may approve. Missing information never grants access.'
