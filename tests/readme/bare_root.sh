#!/bin/bash
# Runs every line that README.md shows as a newcomer would: as root of a bare Debian 12, in a fresh clone of what is
# committed, in the order of the page. Ends with an error where a line fails or prints something else than the page
# shows (sessions.py says how exactly), or where git then sees anything new in the clone.
#   tests/readme/bare_root.sh            in a temporary folder, removed afterwards
#   tests/readme/bare_root.sh FOLDER     in a folder that must not be there yet, and stays
# Run by hand: with nothing built it takes half an hour on two cores, 3 GB of disk, and `sleep 70` is slept. Needs root
# and the packages debootstrap, git and python3. Debian's packages come from where apt of this machine takes those of
# bookworm/main, with its settings for http; the proxies of the environment are handed on.
set -euo pipefail
cd "$(dirname "$0")/../.."
began=$SECONDS

for tool in debootstrap git python3; do
  command -v "$tool" >/dev/null || { echo "bare_root: $tool is not installed" >&2; exit 2; }
done
((EUID == 0)) || { echo 'bare_root: must be root: it calls debootstrap and chroot' >&2; exit 2; }
# shellcheck disable=SC2016  # apt-get expands it
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Release: bookworm' 'Component: main' |
  head -1)
[[ $mirror ]] || { echo 'bare_root: no bookworm/main among the sources of apt' >&2; exit 2; }

if (($# > 0)); then
  root=$1
  mkdir "$root"
  root=$(cd "$root" && pwd)
else
  root=$(mktemp -d)
  trap 'rm -rf --one-file-system "$root"' EXIT
fi
chmod 755 "$root"

echo "== A bare Debian 12 in $root"
# In a namespace of its own, here and below: what is mounted within the root is gone when the command ends.
log=$(mktemp)
if ! unshare --mount debootstrap --variant=minbase bookworm "$root" "$mirror" >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
rm "$log"
apt-config dump | grep -E '^Acquire::(https?|Check)' >"$root/etc/apt/apt.conf.d/80here" || true
cp /etc/hosts /etc/resolv.conf "$root/etc/"
echo "$(chroot "$root" dpkg-query -W | wc -l) packages, $((SECONDS - began)) s"

# Where one would put it. The page's sessions must not choose the same folder for something else.
clone=$root/root/verdict
if [[ $(git status --porcelain) ]]; then echo 'bare_root: what is not committed is not tested' >&2; fi
git clone --quiet --no-hardlinks "$PWD" "$clone"

settings=(HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
for name in http_proxy https_proxy no_proxy; do
  if [[ ${!name-} ]]; then settings+=("$name=${!name}"); fi
done
# shellcheck disable=SC2016  # "$@" is expanded by the inner shell
"$clone/tests/readme/sessions.py" --shell unshare --mount --pid --fork --kill-child --mount-proc="$root/proc" \
  chroot "$root" env -i "${settings[@]}" bash -c 'cd ~/verdict && exec bash "$@"' bash

echo '== What git sees in the clone'
seen=$(git -C "$clone" status --porcelain --ignored)
printf '%s\n' "$seen"
if [[ $seen != '!! build/' ]]; then
  echo 'bare_root: expected nothing but the ignored build/' >&2
  exit 1
fi
echo "bare_root: README.md holds on a bare Debian 12 ($((SECONDS - began)) s)"
