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

# What an attack saw itself is in no history.
echo broken >"$kept/round-1/kill/attack"
! ./run campaign check "$kept" >"$work/check.log" 2>&1 || fail "an attack that saw a promise broken was not found"
echo kept >"$kept/round-1/kill/attack"

# found FILE WHAT CELL...: the judge is only worth something if it finds what it is for, here a line too much in FILE.
found() {
  local file="$kept/round-1/$1" what="$2" line
  shift 2
  line="$(printf '%s\t' "$@")"
  cp "$file" "$work/as-it-was"
  printf '%s\n' "${line%$'\t'}" >>"$file"
  ! ./run campaign check "$kept" >"$work/check.log" 2>&1 || fail "$what was not found"
  cp "$work/as-it-was" "$file"
}

# shows_nothing WHAT FILE...: nor may a history pass in which these are empty: then nobody looked.
shows_nothing() {
  local what="$1" file
  shift
  for file in "$@"; do
    cp "$kept/round-1/$file" "$work/${file//\//-}"
    : >"$kept/round-1/$file"
  done
  ! ./run campaign check "$kept" >"$work/check.log" 2>&1 || fail "$what: passed"
  grep -q "SHOWS NOTHING" "$work/check.log" || fail "$what: $(cat "$work/check.log")"
  for file in "$@"; do cp "$work/${file//\//-}" "$kept/round-1/$file"; done
}

# cell FILE NUMBER: of its last line.
cell() { tail -n 1 "$kept/round-1/$1" | cut -f "$2"; }

acknowledged=kill/acknowledged.tsv
found "$acknowledged" "a lost write" "$(cell "$acknowledged" 1)" "$(($(cell "$acknowledged" 2) + 1))" "$(cell "$acknowledged" 3)"
found kill/told.tsv "a request that was told two things" "$(cell kill/told.tsv 1)" "dossier of another"
found kill/sighted.tsv "a reader of what was erased" town "$(cell kill/erased.tsv 1)" 999999999
found kill/acts.tsv "an answer that is not in the audit trail" 00000000000000000000000000000000 GetDossier 1
found fault/trail/dossiers/leaves "an entry that was put into the audit trail" "$(tail -n 1 "$kept/round-1/fault/trail/dossiers/leaves")"
found overload/overload.tsv "what was to be taken back and was lost" peak 0 0 0 0 0 0 1000
found overload/orphans.tsv "a transaction that works for nobody" 1
found flood/flood.tsv "a call of another organisation that failed" rapidreset 150 0 3.0 9.0 149 1 3.0 9.0 50
found flood/flood.tsv "memory over the cap" rapidreset 150 0 3.0 9.0 150 0 3.0 9.0 769

shows_nothing "sync clients and projections that were not compared" kill/shown.tsv kill/held.tsv
shows_nothing "readers that saw nothing" fault/sighted.tsv
shows_nothing "trails that nobody looked at" kill/sealed.tsv
shows_nothing "tables that were not searched" fault/remnants.tsv
./run campaign check "$kept" || fail "the kept history is judged otherwise than before"
