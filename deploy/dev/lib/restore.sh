# shellcheck shell=bash
# ./run restore DIR [--to TIME]: the cluster as it was, in a fresh data directory, and the servers on it. Until they serve,
# what was there is kept and put back when anything fails; afterwards it stays in data.before-restore.

# backup_says KEY: of the backup in BACKUP.
backup_says() {
  sed -n "s/^$1=//p" "$BACKUP/vsv-backup"
}

# parse_restore ARGUMENTS...: BACKUP and, for a point in time, TARGET.
parse_restore() {
  BACKUP="" TARGET=""
  while (($#)); do
    case "$1" in
      --to)
        (($# >= 2)) || die "--to needs a time" "for example: --to 2026-11-22T15:04:05Z"
        TARGET="$(date -u -d "$2" '+%F %T.%6N UTC' 2>/dev/null)" || die "'$2' is no time" "for example: --to 2026-11-22T15:04:05Z"
        shift
        ;;
      -*) die "restore does not know $1" "see: ./run help" ;;
      *)
        [[ -z "$BACKUP" ]] || die "unexpected argument '$1'" "see: ./run help"
        BACKUP="$(realpath -m "$1")"
        ;;
    esac
    shift
  done
  [[ -n "$BACKUP" ]] || die "which backup?" "./run restore DIR [--to TIME]; backups are in $VSV_HOME/backup unless made elsewhere"
}

# check_backup: everything that can be known before anything is touched. ARCHIVE is where its changes are.
check_backup() {
  [[ -d "$BACKUP" ]] || die "there is no backup in $BACKUP"
  [[ -f "$BACKUP/vsv-backup" ]] || die "$BACKUP holds no backup that was finished" "a backup has a file vsv-backup"
  [[ "$(backup_says format)" == "$BACKUP_FORMAT" && "$(backup_says postgresql)" == 15 ]] ||
    die "$BACKUP is of another version: format $(backup_says format), PostgreSQL $(backup_says postgresql)" \
      "this checkout restores format $BACKUP_FORMAT, PostgreSQL 15; use the checkout that made it"
  [[ "$(backup_says keys)" == "$(keys_fingerprint)" ]] ||
    die "$VSV_HOME/secrets are not the keys of this backup" "bring back the secrets that were kept with it: without them nobody reads it"
  [[ -z "$TARGET" || ! "$TARGET" < "$(backup_says ended)" ]] ||
    die "$TARGET lies before the end of this backup, $(backup_says ended)" "take an older backup, or a later time"
  [[ -z "$TARGET" || ! "$TARGET" > "$(date -u '+%F %T.%6N UTC')" ]] || die "$TARGET lies in the future"
  ARCHIVE="${VSV_WAL_ARCHIVE:-$(backup_says archive)}"
  check_archive
  "$(pg_bin pg_verifybackup)" --quiet "$BACKUP/data" >"$VSV_HOME/log/restore.log" 2>&1 ||
    die "$BACKUP is damaged: $(tail -n 1 "$VSV_HOME/log/restore.log")" "take another backup"
}

# check_archive: ARCHIVE has every segment from the backup's first one on. Replaying stops at a gap without a word.
check_archive() {
  local first segment number next=""
  first="$(backup_says first_wal)"
  while read -r segment; do
    [[ ! "${segment:8:16}" < "${first:8:16}" ]] || continue
    number=$((16#${segment:8:8} * 256 + 16#${segment:16:8}))
    [[ -z "$next" || "$number" == "$next" || "$number" == $((next - 1)) ]] ||
      die "the archive $ARCHIVE misses a segment before $segment" "what it holds from there on cannot be replayed"
    next=$((number + 1))
  done < <(find "$ARCHIVE" -maxdepth 1 -regextype egrep -regex '.*/[0-9A-F]{24}\.gz' -printf '%f\n' 2>/dev/null | sort -k1.9)
}

# unpack_backup: into data.new, beside what runs.
unpack_backup() {
  rm -rf "$PG_PLACE/data.new"
  need_free_disk "$PG_PLACE" $(($(directory_megabytes "$BACKUP/data") + 512))
  say "Copying the backup of $(backup_says ended)"
  cp -a "$BACKUP/data" "$PG_PLACE/data.new" || die "the backup could not be copied; nothing was changed"
  chmod 0700 "$PG_PLACE/data.new"
  [[ "$(id -u)" != 0 ]] || chown -R postgres "$PG_PLACE/data.new"
}

# note_present: what is there now and may be missing afterwards. Of a database that does not run nothing can be told.
note_present() {
  local service
  for service in "${VSV_SERVICES[@]}"; do
    count_changes "$service" >"$RESTORE_NOTES/$service.changes"
  done
  list_withdrawals >"$RESTORE_NOTES/withdrawals"
}

# count_changes SERVICE: all that its change feed ever told, and what waits to be told.
count_changes() {
  cluster_psql -d "$1" -Atc 'SELECT (SELECT coalesce(sum(position), 0) FROM feed_heads) + (SELECT count(*) FROM feed_outbox)'
}

list_withdrawals() {
  cluster_psql -d dossiers -Atc "SELECT 'regions/' || region_id || '/dossiers/' || dossier_id || '/consents/' || id
    FROM consents WHERE withdrawn_at IS NOT NULL ORDER BY 1"
}

who_is_connected() {
  cluster_psql -Atc "SELECT string_agg(DISTINCT coalesce(nullif(application_name, ''), usename), ', ')
    FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
}

# stop_for_restore: our servers, then whoever else would be surprised, then PostgreSQL.
stop_for_restore() {
  local service others
  say "Stopping the servers"
  for service in "${VSV_SERVICES[@]}"; do
    service_pid "$service" >/dev/null || continue
    WAS_RUNNING=yes
    service_stop "$service" 9>&- &
  done
  wait
  pg_is_running "$PG_PLACE" || return 0
  WAS_RUNNING=yes
  others="$(who_is_connected)"
  # A backend outlives its client by a moment.
  for _ in {1..50}; do
    [[ -n "$others" ]] || break
    sleep 0.1
    others="$(who_is_connected)"
  done
  if [[ -n "$others" ]]; then
    printf 'run: still connected to the database: %s; stop it first\n' "$others" >&2
    return 1
  fi
  note_present
  say "Stopping PostgreSQL"
  pg_stop "$PG_PLACE"
}

# swap_in: the fresh directory takes the place of the present one.
swap_in() {
  if pg_has_processes "$PG_PLACE" 2>/dev/null; then
    echo "run: processes of PostgreSQL still work in $PG_PLACE/data; end them first" >&2
    return 1
  fi
  rm -rf "$PG_PLACE/data.before-restore" || return
  SWAPPED=yes
  [[ ! -d "$PG_PLACE/data" ]] || mv "$PG_PLACE/data" "$PG_PLACE/data.before-restore" || return
  mv "$PG_PLACE/data.new" "$PG_PLACE/data" && pg_init "$PG_PLACE" scram-sha-256
}

# start_and_replay: until PostgreSQL takes statements, which it does not before it has replayed everything.
start_and_replay() {
  pg_start "$PG_PLACE" 9>&- || return
  until cluster_psql -Atc 'SELECT 1' >/dev/null 2>&1; do
    pg_is_running "$PG_PLACE" || return
    sleep 0.2
  done
}

# recover: replays the archive up to TARGET, or to its end. Nothing is archived of the new history before it serves, so that
# an attempt that is taken back leaves no trace in the archive. REACHED is the time of the last change that is there.
recover() {
  local log="$PG_PLACE/postgresql.log" from
  from=$(($(stat -c %s "$log" 2>/dev/null || echo 0) + 1))
  local -a settings=("archive_command = ''" "recovery_init_sync_method = syncfs" "hot_standby = off" "recovery_target_action = 'promote'"
    "restore_command = '\"$PG_PLACE/fetch_wal.sh\" \"$ARCHIVE\" \"$PG_PLACE/data.before-restore/pg_wal\" \"%f\" \"%p\"'")
  cluster_configure "${settings[@]}" ${TARGET:+"recovery_target_time = '$TARGET'"}
  pg_as touch "$PG_PLACE/data/recovery.signal"
  say "Replaying changes up to ${TARGET:-the last one that is there}"
  if ! start_and_replay 2>"$RESTORE_NOTES/start"; then
    # Nothing was changed after the time asked for: then the end of the archive is what was asked for.
    tail -c "+$from" "$log" | grep -q 'recovery ended before configured recovery target was reached' ||
      { cat "$RESTORE_NOTES/start" >&2; return 1; }
    cluster_configure "${settings[@]}"
    start_and_replay || return
  fi
  REACHED="$(tail -c "+$from" "$log" | sed -nE 's/.*last completed transaction was at log time (.*)$/\1/p' | tail -n 1)"
  REACHED="${REACHED:-$(backup_says ended)}"
}

# serve_restored: migrations, a new epoch in every database, in which dossiers erases again whom its register names, the
# servers; and only then the archive goes on.
serve_restored() {
  local service
  local -a flags
  for service in "${VSV_SERVICES[@]}"; do
    backup_says "migrations_$service" >"$PG_PLACE/$service.migrations"
  done
  cp -rp "$VSV_HOME/audit" "$RESTORE_NOTES/audit" || return
  cluster_up || return
  for service in "${VSV_SERVICES[@]}"; do
    mapfile -t flags < <(service_flags "$service")
    "$(built "vsv-$service")" "${flags[@]}" --begin_epoch >"$RESTORE_NOTES/$service.epoch" 2>&1 9>&- ||
      { tail -n 3 "$RESTORE_NOTES/$service.epoch" >&2; return 1; }
  done
  up_services || return
  keep_old_changes
  use_wal_archive "$ARCHIVE"
}

# keep_old_changes: what the replaced cluster had not archived; a later restore of the same backup needs it.
keep_old_changes() {
  local segment
  [[ -d "$PG_PLACE/data.before-restore/pg_wal" ]] || return 0
  for segment in "$PG_PLACE"/data.before-restore/pg_wal/archive_status/*.ready; do
    segment="$(basename "${segment%.ready}")"
    [[ ! -f "$PG_PLACE/data.before-restore/pg_wal/$segment" ]] ||
      pg_as "$PG_PLACE/archive_wal.sh" "$ARCHIVE" "$PG_PLACE/data.before-restore/pg_wal/$segment" "$segment"
  done
}

# take_back_restore: what was there, running again if it ran.
take_back_restore() {
  local service
  trap - EXIT INT TERM
  echo "run: the restore failed; putting back what was there" >&2
  for service in "${STARTED_SERVICES[@]}"; do
    service_stop "$service"
  done
  rm -f "$PG_PLACE"/*.migrations # what they say may be of the other cluster
  if [[ "$SWAPPED" == yes ]]; then
    pg_stop "$PG_PLACE" immediate || true
    rm -rf "$PG_PLACE/data"
    [[ ! -d "$PG_PLACE/data.before-restore" ]] || mv "$PG_PLACE/data.before-restore" "$PG_PLACE/data"
  fi
  rm -rf "$PG_PLACE/data.new"
  # The audit trails that began with the attempt never were.
  [[ ! -d "$RESTORE_NOTES/audit" ]] || { rm -f "$VSV_HOME/audit"/*.checkpoints && cp -rp "$RESTORE_NOTES/audit/." "$VSV_HOME/audit"; }
  [[ "$WAS_RUNNING" == yes ]] || return 0
  STARTED_SERVICES=()
  if cluster_up && up_services; then
    echo "run: everything runs as before" >&2
  else
    echo "run: what was there is back in $PG_PLACE/data but does not start; see ./run status" >&2
  fi
}

# erased_again: how many dossiers came back with the backup and were erased again.
erased_again() {
  sed -nE 's/.*"event":"erasures applied".*"erased_again":"([0-9]+)".*/\1/p' "$RESTORE_NOTES/dossiers.epoch" | tail -n 1
}

# report_restore: the time that was reached, and what is gone.
report_restore() {
  local service before again
  say "Restored: the last change that is there was made at $REACHED${TARGET:+ (asked for: $TARGET)}."
  if [[ -f "$RESTORE_NOTES/dossiers.changes" ]]; then
    echo "  Changes made later, which are lost:"
    for service in "${VSV_SERVICES[@]}"; do
      before="$(cat "$RESTORE_NOTES/$service.changes")"
      printf '    %-9s %d\n' "$service" $((before - CHANGES[$service]))
    done
    list_withdrawals | comm -23 "$RESTORE_NOTES/withdrawals" - >"$RESTORE_NOTES/lost-withdrawals"
    if [[ -s "$RESTORE_NOTES/lost-withdrawals" ]]; then
      printf '  %d consents count again whose withdrawal is lost. Withdraw them at once; they are named in\n    %s\n' \
        "$(wc -l <"$RESTORE_NOTES/lost-withdrawals")" "$RESTORE_NOTES/lost-withdrawals"
    fi
  else
    echo "  The database that was there did not run, so what is lost cannot be counted."
  fi
  again="$(erased_again)"
  printf '  Erasures applied again: %d (dossiers that came back with the backup; nobody has seen them).\n' "${again:-0}"
  echo "  Which entries of the audit trail are lost: ./run audit verify"
  echo "  Subscribers start afresh by themselves: every cursor of before has expired."
  [[ ! -d "$PG_PLACE/data.before-restore" ]] ||
    printf '  The data of before are kept until the next restore, in %s\n' "$PG_PLACE/data.before-restore"
}

command_restore() {
  local service
  parse_restore "$@"
  take_lock
  make_home
  cluster_locate
  choose_ports
  check_backup
  for service in "${VSV_SERVICES[@]}"; do built "vsv-$service" >/dev/null; done
  unpack_backup
  STARTED_SERVICES=() SWAPPED=no WAS_RUNNING=no REACHED=""
  RESTORE_NOTES="$VSV_HOME/log/restore"
  rm -rf "$RESTORE_NOTES"
  install -d -m 0700 "$RESTORE_NOTES"
  trap take_back_restore EXIT
  trap 'exit 130' INT TERM
  make_secrets
  make_certificates || exit 1
  remember_ports
  if ! { stop_for_restore && swap_in && recover; }; then exit 1; fi
  declare -gA CHANGES
  for service in "${VSV_SERVICES[@]}"; do CHANGES[$service]="$(count_changes "$service")"; done
  serve_restored || exit 1
  trap - EXIT INT TERM
  report_restore
  print_endpoints
}
