# shellcheck shell=bash
# ./run backup: a copy of the whole cluster, and from then on an archive of every change. A backup is a directory:
#   data          the copy, with PostgreSQL's own manifest of checksums
#   vsv-backup    what it is, written last: a backup without it is none

BACKUP_FORMAT=1

# wal_archive: where changes are archived from the first backup on, once that has chosen the place.
wal_archive() {
  cat "$PG_PLACE/wal_archive" 2>/dev/null || printf '%s\n' "$PG_PLACE/archive"
}

# keys_fingerprint: tells whether the secrets are those that the data were written under, and nothing about them.
keys_fingerprint() {
  (cd "$VSV_HOME/secrets" && cat postgres.password dossiers.pupil_key outcomes.pupil_key) 2>/dev/null | sha256sum | cut -c1-16
}

# directory_megabytes DIR
directory_megabytes() {
  du -sm "$1" | cut -f1
}

# use_wal_archive DIR: makes it and tells the running cluster.
use_wal_archive() {
  local archive="$1"
  mkdir -p "$archive" || die "the archive of changes $archive cannot be made"
  [[ "$(id -u)" != 0 ]] || chown postgres "$archive"
  chmod 0700 "$archive"
  pg_as test -w "$archive" || die "PostgreSQL may not write into $archive" "choose another place with VSV_WAL_ARCHIVE"
  printf '%s\n' "$archive" >"$PG_PLACE/wal_archive"
  cluster_configure
  cluster_psql -Atc 'SELECT pg_reload_conf()' >/dev/null
}

# copy_cluster TARGET: online, with the changes made meanwhile, checked against its manifest.
copy_cluster() {
  local target="$1"
  PGPASSFILE="$VSV_HOME/secrets/postgres.pgpass" "$(pg_bin pg_basebackup)" -h "$PG_SOCKET" -p "${PORT[postgres]}" \
    -U postgres --no-password -D "$target/data" -X stream -c fast -l vsv-backup &&
    "$(pg_bin pg_verifybackup)" "$target/data"
}

# describe_backup TARGET: the file that makes a directory a backup.
describe_backup() {
  local service
  for service in "${VSV_SERVICES[@]}"; do
    printf 'migrations_%s=%s\n' "$service" "$(cat "$PG_PLACE/$service.migrations")"
  done
  cat <<META
format=$BACKUP_FORMAT
postgresql=$(cat "$1/data/PG_VERSION")
ended=$(cluster_psql -Atc "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')") UTC
keys=$(keys_fingerprint)
archive=$(wal_archive)
first_wal=$(sed -nE 's/^START WAL LOCATION: .*\(file ([0-9A-F]+)\)$/\1/p' "$1/data/backup_label")
META
}

# command_backup [DIR]
command_backup() {
  local target began=$SECONDS
  (($# <= 1)) || die "unexpected argument '$2'" "see: ./run help"
  target="$(realpath -m "${1:-$VSV_HOME/backup/$(date -u +%Y%m%dT%H%M%SZ)}")"
  take_lock
  cluster_locate
  choose_ports
  pg_is_running "$PG_PLACE" || die "PostgreSQL does not run in $VSV_HOME" "start it first: ./run up"
  [[ "$(cluster_psql -Atc 'SHOW archive_mode')" == on ]] ||
    die "PostgreSQL was started by an older checkout, which did not archive changes" "./run down, ./run up, and try again"
  [[ ! -e "$target" || -z "$(ls -A "$target" 2>&1)" ]] || die "$target is not empty" "name a directory that does not exist yet"
  need_free_disk "$(dirname "$target")" $(($(directory_megabytes "$PG_PLACE/data") + 128))
  use_wal_archive "$(realpath -m "${VSV_WAL_ARCHIVE:-$(wal_archive)}")"
  mkdir -m 0700 "$target.partial" 2>/dev/null || die "$target.partial cannot be made" "is it left of another backup? remove it"
  # shellcheck disable=SC2064 # this target
  trap "rm -rf '$target.partial'" EXIT
  trap 'exit 130' INT TERM
  run_logged "Copying the cluster, with its checksums, to $target" "$VSV_HOME/log/backup.log" copy_cluster "$target.partial" ||
    die "nothing was kept of this backup"
  describe_backup "$target.partial" >"$target.partial/.vsv-backup"
  mv "$target.partial/.vsv-backup" "$target.partial/vsv-backup"
  sync -f "$target.partial"
  rm -rf "$target" && mv "$target.partial" "$target"
  trap - EXIT INT TERM
  say "Backup of $(directory_megabytes "$target") MiB in $((SECONDS - began)) s: $target"
  printf '  Changes from now on are archived in %s, within a minute.\n' "$(wal_archive)"
  printf '  It holds no keys. Keep %s apart and safe: without them nobody reads it.\n' "$VSV_HOME/secrets and $VSV_HOME/pki"
  printf '  bring it back: ./run restore %s [--to TIME]\n' "$target"
}
