# shellcheck shell=bash
# five times what dossiers can do, with withdrawals and erasures among it, and deadline storms: goodput, recovery, no orphan queries
#
# A round measures the peak, offers five times that, and ten seconds of light load afterwards; then a storm of calls whose
# deadlines are over almost at once. Each round makes dossiers of its own; the test pupils suffice for 21. The clients have
# processors of their own: shared, the goodput would tell what it costs to ask.

# shellcheck source=deploy/dev/lib/campaign_system.sh
source "$VSV_ROOT/deploy/dev/lib/campaign_system.sh"

OVERLOAD_SECONDS=10 # of each phase
OVERLOAD_RECOVERY=10
OVERLOAD_FACTOR=5
OVERLOAD_OFFERED=5 # least of it that must have been offered
OVERLOAD_GOOD_SHARE=0.8
OVERLOAD_LOST_SHARE=0 # most of what takes back that may be lost

OVERLOAD_ORPHANS="SELECT count(*) FROM pg_stat_activity WHERE usename LIKE 'vsv_dossiers_%' AND state <> 'idle'
  AND now() - coalesce(xact_start, query_start) > interval '1 second'"

campaign_overload_begin() { system_begin_apart; }
campaign_overload_end() { system_end; }
campaign_overload_check() {
  built vsv-overload >/dev/null
  "$VSV_BUILD_DIR/bin/vsv-overload" judge "--history=$1" "--factor=$OVERLOAD_OFFERED" \
    "--good_share=$OVERLOAD_GOOD_SHARE" "--lost_share=$OVERLOAD_LOST_SHARE" || return
  [[ "$(tail -n 1 "$1/orphans.tsv")" == 0 ]] || { echo "  BROKEN $(tail -n 1 "$1/orphans.tsv") transactions go on for nobody"; return 1; }
}

campaign_overload() {
  local round="$1" seed="$2" dir="$3"
  overload_client overload "$dir" "--seed=$seed" "--round=$((round - 1))" \
    "--seconds=$OVERLOAD_SECONDS" "--recovery_seconds=$OVERLOAD_RECOVERY" || return
  overload_client storm "$dir" "--seed=$seed" "--round=$((round - 1))" \
    "--seconds=$((OVERLOAD_SECONDS / 2))" || return
  # A batch may run for 2 s and a cancelled command has half a second to end; after that nothing may work for nobody.
  sleep 3
  database dossiers "$OVERLOAD_ORPHANS" >"$dir/orphans.tsv"
}

# overload_client COMMAND ROUND-DIR FLAGS...
overload_client() {
  local command="$1" dir="$2" school
  shift 2
  school="$(sed -n 's/^vmbo-de-eemhoek //p' "$CAMPAIGN_DIR/prepare.log" 2>/dev/null)"
  taskset -c "$CLIENT_PROCESSORS" "$VSV_BUILD_DIR/bin/vsv-overload" "$command" "--history=$dir" "--factor=$OVERLOAD_FACTOR" \
    "--dossiers_address=127.0.0.1:${PORT[dossiers]}" "--tls_certificate=$school.crt" "--tls_key=$school.key" \
    "--tls_ca=$VSV_HOME/pki/ca.crt" "$@" 9>&-
}
