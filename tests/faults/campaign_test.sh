#!/usr/bin/env bash
# One short round of the campaigns with a fixed seed, and what the dispatcher keeps of it. Needs the built servers.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1

build="${VSV_BUILD_DIR:-$PWD/build/release}"
unset "${!VSV_@}" # whatever the caller's shell has set must not decide what is tested
work="$(mktemp -d "${TMPDIR:-/tmp}/vsv-campaign.XXXXXX")"
chmod 0755 "$work"
export VSV_BUILD_DIR="$build" VSV_HOME="$work"
trap 'rm -rf "$work"' EXIT

fail() {
  echo "FAILED  $1"
  exit 1
}

./run campaign brief --rounds 1 --seed 1 --no-build || fail "a promise was broken"
kept="$(ls -d "$work"/campaign/brief-*)"
[[ "$(cut -d' ' -f1-3 "$kept/rounds")" == "1 1 kept" ]] || fail "the round is not written down: $(cat "$kept/rounds")"
[[ ! -e "$kept/system" ]] || fail "the system was left behind"
./run campaign check "$kept" || fail "the kept history is judged otherwise"

# The judge is only worth something if it finds what it is for: one acknowledged write more than there is.
lost="$(awk -F "\t" -v OFS="\t" 'END { $2 += 1; print }' "$kept/round-1/kill/acknowledged.tsv")"
echo "$lost" >>"$kept/round-1/kill/acknowledged.tsv"
! ./run campaign check "$kept" || fail "a lost write in a kept history was not found"
