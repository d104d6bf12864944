# shellcheck shell=bash
# ./run restore DIR [--to TIME | --to backup], ./run restore --put-back: the cluster as it was, in a fresh data directory, and
# the servers on it. Until they are started, what was there is kept and put back when anything fails; afterwards it stays in
# data.before-restore.

# backup_says KEY: of the backup in BACKUP.
backup_says() {
  sed -n "s/^$1=//p" "$BACKUP/vsv-backup"
}

# utc_of TIME: of a time by ISO 8601 with date, time and zone; date(1) takes much more, and guesses what is left out.
utc_of() {
  [[ "$1" =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$ ]] &&
    date -u -d "$1" '+%F %T.%6N UTC' 2>/dev/null
}

# parse_restore ARGUMENTS...: BACKUP and, for a point in time, TARGET. Or PUT_BACK.
parse_restore() {
  BACKUP="" TARGET="" PUT_BACK=no
  [[ "$*" != --put-back ]] || { PUT_BACK=yes; return; }
  while (($#)); do
    case "$1" in
      --to)
        (($# >= 2)) || die "--to needs a time" "for example: --to 2026-11-22T15:04:05Z"
        TARGET="$2"
        [[ "$TARGET" == backup ]] || TARGET="$(utc_of "$2")" ||
          die "'$2' is no time with date and zone" "for example: --to 2026-11-22T15:04:05Z, or --to 2026-11-22T16:04:05+01:00"
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

# check_backup: everything that can be known of it before anything is touched.
check_backup() {
  local verify
  [[ -d "$BACKUP" ]] || die "there is no backup in $BACKUP"
  [[ -f "$BACKUP/vsv-backup" ]] || die "$BACKUP holds no backup that was finished" "a backup has a file vsv-backup"
  [[ "$(backup_says format)" == "$BACKUP_FORMAT" && "$(backup_says postgresql)" == 15 ]] ||
    die "$BACKUP is of another version: format $(backup_says format), PostgreSQL $(backup_says postgresql)" \
      "this checkout restores format $BACKUP_FORMAT, PostgreSQL 15; use the checkout that made it"
  [[ "$(backup_says keys)" == "$(keys_fingerprint)" ]] ||
    die "$VSV_HOME/secrets are not the keys of this backup" "bring back the secrets that were kept with it: without them nobody reads it"
  if [[ -n "$TARGET" && "$TARGET" != backup ]]; then
    [[ ! "$TARGET" < "$(backup_says ended)" ]] ||
      die "$TARGET lies before the end of this backup, $(backup_says ended)" "take an older backup, or a later time"
    [[ ! "$TARGET" > "$(date -u '+%F %T.%6N UTC')" ]] || die "$TARGET lies in the future"
  fi
  verify="$(pg_bin pg_verifybackup)" || exit
  "$verify" --quiet "$BACKUP/data" >"$VSV_HOME/log/restore.log" 2>&1 ||
    die "$BACKUP is damaged: $(tail -n 1 "$VSV_HOME/log/restore.log")" "take another backup"
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

# start_and_replay: until PostgreSQL takes statements, which it does not before it has replayed everything.
start_and_replay() {
  pg_start "$PG_PLACE" 9>&- || return
  until cluster_psql -Atc 'SELECT 1' >/dev/null 2>&1; do
    if ! pg_is_running "$PG_PLACE"; then
      echo "PostgreSQL ended while it replayed; the last lines of $PG_PLACE/postgresql.log:" >&2
      tail -n 15 "$PG_PLACE/postgresql.log" >&2
      return 1
    fi
    sleep 0.2
  done
}

# recover: replays the archive up to TARGET, or to its end. Nothing is archived of the new history before it is kept, so that
# an attempt that is taken back leaves no trace in the archive. REACHED is the time of the last change that is there.
recover() {
  local log="$PG_PLACE/postgresql.log" from target="" to_the_end=no
  from=$(($(stat -c %s "$log" 2>/dev/null || echo 0) + 1))
  local -a settings=("archive_command = ''" "recovery_init_sync_method = syncfs" "hot_standby = off" "recovery_target_action = 'promote'"
    "recovery_target_timeline = '$((16#$TIMELINE))'"
    "restore_command = '\"$PG_PLACE/fetch_wal.sh\" \"$ARCHIVE\" \"$(replaced_wal)\" \"%f\" \"%p\"'")
  case "$TARGET" in
    "") to_the_end=yes ;;
    backup) target="recovery_target = 'immediate'" ;;
    *) target="recovery_target_time = '$TARGET'" ;;
  esac
  cluster_configure "${settings[@]}" "$target" || return
  pg_as touch "$PG_PLACE/data/recovery.signal" || return
  say "Replaying changes up to ${TARGET:-the last one that is there}, on timeline $((16#$TIMELINE))"
  if ! start_and_replay 2>"$RESTORE_NOTES/start"; then
    # Nothing was changed after the time asked for: then the end of the archive is what was asked for.
    tail -c "+$from" "$log" | grep -q 'recovery ended before configured recovery target was reached' ||
      { cat "$RESTORE_NOTES/start" >&2; return 1; }
    to_the_end=yes
    cluster_configure "${settings[@]}" || return
    start_and_replay || return
  fi
  REACHED="$(tail -c "+$from" "$log" | sed -nE 's/.*last completed transaction was at log time (.*)$/\1/p' | tail -n 1)"
  REACHED="$(date -u -d "${REACHED:-$(backup_says ended)}" '+%F %T.%6N UTC')" || return
  [[ "$to_the_end" == no || (-n "$TARGET" && ! "$REACHED" < "$TARGET") ]] || check_all_replayed
}

# prepare_restored: migrations, and a new epoch in every database, in which dossiers erases again whom its register names.
prepare_restored() {
  local service
  local -a flags
  for service in "${VSV_SERVICES[@]}"; do
    backup_says "migrations_$service" >"$PG_PLACE/$service.migrations" || return
  done
  keep_checkpoints || return
  cluster_up || return
  for service in "${VSV_SERVICES[@]}"; do
    mapfile -t flags < <(service_flags "$service")
    "$(built "vsv-$service")" "${flags[@]}" --begin_epoch >"$RESTORE_NOTES/$service.epoch" 2>&1 9>&- ||
      { tail -n 3 "$RESTORE_NOTES/$service.epoch" >&2; return 1; }
  done
}

# keep_old_changes: what the replaced cluster had not archived; a later restore of the same backup needs it. The last segment is
# among it, which that cluster goes on writing when it is put back, now or one day by hand: so it is archived as what it is,
# NAME.partial, which is in nobody's way. One that is kept for later use begins with the place of another.
keep_old_changes() {
  local segment name status="$PG_PLACE/data.replaced/pg_wal/archive_status"
  for segment in "$PG_PLACE"/data.replaced/pg_wal/*; do
    name="$(basename "$segment")"
    [[ "$name" =~ ^[0-9A-F]{8} && ! -e "$status/$name.done" ]] || continue
    if [[ "$name" =~ ^[0-9A-F]{24}$ && ! -e "$status/$name.ready" ]]; then
      (($(od -An --endian=little -t u8 -j 8 -N 8 "$segment") == $(segment_number "$name") << 24)) || continue
      name+=.partial
    fi
    pg_as "$PG_PLACE/archive_wal.sh" "$ARCHIVE" "$segment" "$name" || return
  done
}

# restore_cluster: all that can fail, so that nobody is ever served what is taken back afterwards.
restore_cluster() {
  stop_for_restore && swap_in && recover && note_restored && prepare_restored && keep_old_changes && keep_swapped
}

# serve_restored: the archive goes on, and the servers.
serve_restored() {
  # shellcheck disable=SC2034 # filled by up_services
  STARTED_SERVICES=()
  if ! { use_wal_archive "$ARCHIVE" && up_services; }; then
    die "the data are restored, but not everything runs on them" "see above, and when that is mended: ./run up"
  fi
  print_endpoints
}

command_restore() {
  parse_restore "$@"
  [[ "$PUT_BACK" == yes ]] || need_servers
  take_lock
  make_home
  cluster_locate
  choose_ports
  RESTORE_NOTES="$VSV_HOME/log/restore"
  if [[ "$PUT_BACK" == yes ]]; then
    [[ -d "$PG_PLACE/data.replaced" ]] || die "no restore was cut off in $PG_PLACE"
    put_back || die "it could not be put back" "see above"
    say "What was there before the restore is back; ./run up starts it."
    return
  fi
  refuse_half_restored
  check_can_swap
  check_backup
  find_archive
  unpack_backup
  make_secrets
  make_certificates || exit 1
  remember_ports
  rm -rf "$RESTORE_NOTES"
  install -d -m 0700 "$RESTORE_NOTES"
  # shellcheck disable=SC2034 # read by take_back_restore
  WAS_RUNNING=no REACHED=""
  trap take_back_restore EXIT
  trap 'exit 130' INT TERM
  trap 'exit 129' HUP
  trap 'exit 141' PIPE
  restore_cluster || exit 1
  printf '%s\n' "$ARCHIVE" >"$PG_PLACE/wal_archive" # ./run up goes by it, should the rest be cut off
  trap - EXIT INT TERM HUP PIPE
  report_restore
  serve_restored
}
