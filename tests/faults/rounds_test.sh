#!/usr/bin/env bash
# What the dispatcher of the campaigns keeps of a round, with campaigns that do nothing; and strikes that find something.
# shellcheck disable=SC2034,SC2317 # read by, and called by, what is sourced
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1

VSV_ROOT="$PWD"
for part in say postgres campaign; do
  # shellcheck source=/dev/null
  source "deploy/dev/lib/$part.sh"
done
VSV_HOME="$(mktemp -d "${TMPDIR:-/tmp}/vsv-rounds.XXXXXX")"
trap 'rm -rf "$VSV_HOME"' EXIT
failed=0

# check SENTENCE COMMAND...
check() {
  local sentence="$1"
  shift
  "$@" >"$VSV_HOME/out" 2>&1 || { echo "FAILED  $sentence"; sed 's/^/        | /' "$VSV_HOME/out"; failed=1; }
}

# A campaign whose first attack sees a promise broken and leaves a client behind; its history is judged by the file `history`.
CAMPAIGN_LIB="$VSV_HOME"
cat >"$VSV_HOME/idle.sh" <<'CAMPAIGN'
campaign_idle_begin() { sleep 300 & SERVER=$!; }
campaign_idle_end() { kill "$SERVER"; }
campaign_idle() {
  echo kept >"$3/history"
  (($1 > 1)) || { sleep 300 & echo $! >"$3/client"; return 1; }
  sleep 300 &
  kill -0 "$SERVER" && echo $! >"$3/client"
}
campaign_idle_check() { [[ "$(cat "$1/history")" == kept ]]; }
CAMPAIGN

keeps_both_verdicts() {
  ! (command_campaign idle --rounds 2 --seed 1) || return
  kept="$(ls -d "$VSV_HOME"/campaign/idle-*)"
  [[ "$(cut -d ' ' -f 3 "$kept/rounds" | tr '\n' ' ')" == "broken kept " ]]
}

ends_its_clients() {
  local client
  for client in "$kept"/round-*/client; do
    ! kill -0 "$(cat "$client")" || return
  done
}

# says ROUND VERDICT: what ./run campaign check says of it.
says() {
  local said
  said="$(command_campaign check "$kept")"
  grep -q "$1: $2" <<<"$said"
}

judges_again_by_both() {
  says round-1 "a promise was broken" && says round-2 "all promises kept" && echo lost >"$kept/round-2/history" &&
    says round-2 "a promise was broken" && echo kept >"$kept/round-2/history" && rm "$kept/round-2/attack" &&
    says round-2 "a promise was broken" && echo kept >"$kept/round-2/attack" && says round-2 "all promises kept"
}

check "a round that an attack saw broken is broken, and those after it are not" keeps_both_verdicts
check "no client goes on into the next round, and what all rounds need does" ends_its_clients
check "what an attack saw counts when the history is judged again" judges_again_by_both

# shellcheck source=deploy/dev/lib/campaign/fault.sh
source deploy/dev/lib/campaign/fault.sh
CAMPAIGN_DIR="$VSV_HOME" VSV_BUILD_DIR="$VSV_HOME"
mkdir "$VSV_HOME/bin"
exec 7>/dev/null
sleep() { :; }
database() { echo 1; }
declare -A PORT=([dossiers]=1 [partners]=2)

# answered SCRIPT: a strike of stale, in which every key is answered by it.
answered() {
  printf '#!/bin/sh\n%s\n' "$1" >"$VSV_HOME/bin/vsvctl"
  chmod +x "$VSV_HOME/bin/vsvctl"
  fault_stale dossiers "$VSV_HOME"
}

finds_a_strike_guilty_alone() {
  ! answered 'echo a dossier' && answered 'echo PROJECTION_STALE; exit 1'
}

# The disk of a cluster that lives elsewhere, as one of root's does that postgres may not enter.
fills_the_disk_that_is_there() {
  pg_place() { echo "$VSV_HOME/elsewhere"; }
  id() { echo 0; }
  mount() { echo "${@: -1}" >"$VSV_HOME/mounted"; }
  mount_small_disk && [[ "$(cat "$VSV_HOME/mounted")" == "$VSV_HOME/elsewhere" ]] || return
  mountpoint() { return 1; }
  PG_PLACE="$VSV_HOME/elsewhere" FAULT_DECK=()
  fault_draw && [[ " ${FAULT_DECK[*]} $FAULT_DRAWN " != *disk* ]]
}

check "a stale answer is held against its own strike alone" finds_a_strike_guilty_alone
check "the disk that is filled is the one PostgreSQL is on, or none" fills_the_disk_that_is_there
exit "$failed"
