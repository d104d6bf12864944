#!/usr/bin/env bash
# Whether a round ends when a look at its databases fails: what was not looked at must not pass for empty.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1

VSV_ROOT="$PWD"
# shellcheck source=deploy/dev/lib/campaign_history.sh
source deploy/dev/lib/campaign_history.sh
CAMPAIGN_DIR="$(mktemp -d "${TMPDIR:-/tmp}/vsv-collect.XXXXXX")"
trap 'rm -rf "$CAMPAIGN_DIR"' EXIT
VSV_HOME="$CAMPAIGN_DIR/home"
# shellcheck disable=SC2034 # read by what collects
VSV_AUDITED=(programs dossiers outcomes)
mkdir -p "$VSV_HOME/erasures"
echo "the register" >"$VSV_HOME/erasures/dossiers"

# Databases in which all is level and sealed, and where the statement that FAILS begins fails.
database() {
  [[ "$1 $2" != "$FAILS"* ]] || return 1
  case "$2" in
    *"audit_trail), 0) = "*) echo t ;;
    "SELECT now()"*) echo 2026-01-01 ;;
  esac
}
database_script() { cat >/dev/null && [[ "$FAILS" != "the tables" ]]; }
audit_export() { mkdir -p "$2/$1" && : >"$2/$1/kept"; }

# ends VERDICT STATEMENT: with that verdict when the statement fails.
failed=0
ends() {
  local found=collected dir="$CAMPAIGN_DIR/round-1"
  rm -rf "$dir"
  mkdir "$dir"
  : >"$dir/import-0.tsv"
  FAILS="$2"
  { history_begin "$dir" && collect "$dir"; } || found="ended"
  [[ "$found" == "$1" ]] || { echo "FAILED  '$2' fails: $found"; failed=1; }
}

ends collected "none of them"
for service in partners dossiers; do
  ends ended "$service SELECT id FROM"
  ends ended "$service SELECT id, version FROM"
  ends ended "$service SELECT '$service/' || region_id, position"
  ends ended "$service SELECT count(*) FROM feed_outbox"
done
for service in programs dossiers outcomes; do
  ends ended "partners SELECT '$service', id, display_name"
  ends ended "$service SELECT '$service', organisation_id, display_name"
  ends ended "$service SELECT '$service', (SELECT count(*) FROM audit_entries)"
done
ends ended "dossiers SELECT now()"
ends ended "the tables"
ends ended "dossiers SELECT region_id || ' ' || encode(dossier_hash"
ends ended "dossiers SELECT e.trace_id"
exit "$failed"
