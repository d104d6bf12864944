# shellcheck shell=bash
# What the databases, the register of erasures and the audit trails hold at the end of a campaign's round, as files beside what
# the clients saw (tests/faults/history_files.h); and the verdict on all of it.

# Whoever has a copy of the register.
PROJECTIONS=(programs dossiers outcomes)

# history_begin ROUND-DIR: the files, and what was there before. Here and below every look that fails ends the round: what
# was not looked at is not kept.
history_begin() {
  local file
  for file in acknowledged unanswered read held shown told erased sighted gone acts; do : >"$1/$file.tsv"; done
  database partners "SELECT id FROM organisations" >"$1/before.txt" || return
  database dossiers "SELECT id FROM dossiers" >>"$1/before.txt" || return
  erasures_registered >"$1/registered.before"
  database dossiers "SELECT now() - interval '1 minute'" >"$1/began"
}

# erasures_registered: how many the register holds; its first line is no erasure.
erasures_registered() { echo $(($(cat "$VSV_HOME"/erasures/* | wc -l) - 1)); }

# await_published: until the sequencers have numbered what there is; what they leave is in the history.
await_published() {
  local deadline=$((SECONDS + 30)) service
  for service in partners dossiers; do
    until [[ "$(database "$service" "SELECT count(*) FROM feed_outbox")" == 0 ]] || ((SECONDS >= deadline)); do
      sleep 0.05
    done
  done
}

# collect ROUND-DIR
collect() {
  cat "$1"/import-*.tsv >>"$1/told.tsv" &&
    collect_rows "$1" && collect_projections "$1" && collect_erasures "$1" && collect_audit "$1"
}

collect_rows() {
  local dir="$1" service
  {
    database partners "SELECT id, version FROM organisations" && database dossiers "SELECT id, version FROM dossiers"
  } | awk -F '\t' 'NR == FNR { before[$1]; next } !($1 in before)' "$dir/before.txt" - >"$dir/stored.tsv" || return
  : >"$dir/published.tsv"
  for service in partners dossiers; do
    database "$service" "SELECT '$service/' || region_id, position,
        CASE WHEN resource_kind IN ('ORGANISATION', 'dossier') THEN resource_id END, version FROM feed
      ORDER BY region_id, position" >>"$dir/published.tsv" || return
    database "$service" "SELECT count(*) FROM feed_outbox" || return
  done >"$dir/unpublished.tsv"
}

# The projections of the register are subscribers too.
collect_projections() {
  local dir="$1" service deadline=$((SECONDS + 30))
  for service in "${PROJECTIONS[@]}"; do
    until projection_is_current "$service" || ((SECONDS >= deadline)); do sleep 0.1; done
    database partners "SELECT '$service', id, display_name || ' ' || version FROM organisations" >>"$dir/shown.tsv" || return
    database "$service" "SELECT '$service', organisation_id, display_name || ' ' || version FROM directory_organisations" \
      >>"$dir/held.tsv" || return
  done
}

projection_is_current() {
  [[ "$(database "$1" "SELECT sum(version) FROM directory_organisations")" == \
    "$(database partners "SELECT sum(version) FROM organisations")" ]]
}

# collect_erasures ROUND-DIR: what any table still has of who is gone, of this round and of those before; and the register.
collect_erasures() {
  local dir="$1"
  {
    cat "$VSV_ROOT/tests/faults/remnants_of.sql"
    cat "$CAMPAIGN_DIR"/round-*/gone.tsv "$CAMPAIGN_DIR"/round-*/*/gone.tsv 2>/dev/null | sort -u
    printf '%s\n' '\.'
    cat "$VSV_ROOT/tests/faults/remnants.sql"
  } | database_script dossiers >"$dir/remnants.tsv" || return
  echo $(($(erasures_registered) - $(cat "$dir/registered.before"))) >"$dir/registered.tsv"
  database dossiers "SELECT region_id || ' ' || encode(dossier_hash, 'hex') FROM erasures" | sort |
    comm -23 - <(cut -d ' ' -f 1,2 "$VSV_HOME"/erasures/* | sort) >"$dir/unregistered.tsv"
}

# collect_audit ROUND-DIR: what the trail has of each trace; how much of each trail is sealed; and the trails, with a
# witness: what was kept outside at the end of a round is the beginning of what is kept at the end of the next.
collect_audit() {
  local dir="$1" service witness deadline=$((SECONDS + 20))
  for service in "${VSV_AUDITED[@]}"; do
    until trail_is_sealed "$service" || ((SECONDS >= deadline)); do sleep 0.1; done
    database "$service" "SELECT '$service', (SELECT count(*) FROM audit_entries), coalesce((SELECT tree_size FROM audit_trail), 0)" || return
  done >"$dir/sealed.tsv"
  database dossiers "SELECT e.trace_id, split_part(e.method, '/', 3), count(DISTINCT e.id), count(s.subject_hash) FILTER (WHERE e.outcome = 'GRANTED')
      FROM audit_entries e LEFT JOIN audit_entry_subjects s ON s.region_id = e.region_id AND s.entry_id = e.id
     WHERE e.recorded_at >= '$(cat "$dir/began")' GROUP BY 1, 2" >"$dir/audited.tsv" || return
  rm -rf "$CAMPAIGN_DIR"/round-*/trail "$CAMPAIGN_DIR"/round-*/*/trail # only the last ones are kept: they hold all before
  for service in "${VSV_AUDITED[@]}"; do
    audit_export "$service" "$dir/trail" || return
    witness="$CAMPAIGN_DIR/witness.$service"
    [[ ! -f "$witness" ]] || cmp -n "$(stat -c %s "$witness")" "$witness" "$dir/trail/$service/kept" ||
      { echo "  BROKEN $service: what was kept outside of the database was changed"; return 1; }
    cp "$dir/trail/$service/kept" "$witness"
  done
}

trail_is_sealed() {
  [[ "$(database "$1" "SELECT coalesce((SELECT tree_size FROM audit_trail), 0) = (SELECT count(*) FROM audit_entries)")" == t ]]
}

# judge ROUND-DIR: the verdict on its history and on the trails that are kept of it. A history without a copy of each sync
# client (a campaign that has none says so: SYNC_CLIENTS=()) and of each projection, or without a trail, shows nothing.
judge() {
  local status=0
  built vsv-check-history >/dev/null
  built vsv-audit-verify >/dev/null
  local -a subscribers=("${SYNC_CLIENTS[@]}" "${PROJECTIONS[@]}")
  "$VSV_BUILD_DIR/bin/vsv-check-history" "--subscribers=$(IFS=,; echo "${subscribers[*]}")" \
    "--trails=$(IFS=,; echo "${VSV_AUDITED[*]}")" "$1" || status=1
  [[ ! -d "$1/trail" ]] || audit_verify "$1/trail" >"$1/trail.report" ||
    { sed 's/^/  BROKEN /' "$1/trail.report"; status=1; }
  return "$status"
}
