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

# open_wal_archive DIR: makes it, for PostgreSQL to write into; by vsv-archive it is known again.
open_wal_archive() {
  local archive="$1"
  mkdir -p "$archive" || die "the archive of changes $archive cannot be made"
  [[ "$(id -u)" != 0 ]] || chown postgres "$archive"
  chmod 0700 "$archive"
  pg_as touch "$archive/vsv-archive" || die "PostgreSQL may not write into $archive" "choose another place with VSV_WAL_ARCHIVE"
}

# refuse_another_archive DIR: changes went there already, and it is another directory now.
refuse_another_archive() {
  [[ -f "$PG_PLACE/wal_archive" && "$(wal_archive)" == "$1" && ! -e "$1/vsv-archive" ]] || return 0
  die "$1 is not the archive that was begun there: is it mounted?" \
    "if it is lost, begin another, which gets the changes that wait: VSV_WAL_ARCHIVE=/another/place ./run backup"
}

# adopt_wal_archive: one that was begun before archives were known by vsv-archive is known by its segments, once: as long as
# the cluster archives by a script that does not ask.
adopt_wal_archive() {
  local archive
  [[ -f "$PG_PLACE/wal_archive" ]] && ! grep -qs vsv-archive "$PG_PLACE/archive_wal.sh" || return 0
  archive="$(wal_archive)"
  [[ -z "$(find "$archive" -maxdepth 1 -name '*.gz' -print -quit 2>/dev/null)" ]] || pg_as touch "$archive/vsv-archive" ||
    echo "run: nothing is archived until PostgreSQL may write into $archive and there is a file vsv-archive in it" >&2
}

# use_wal_archive DIR: tells the running cluster.
use_wal_archive() {
  open_wal_archive "$1"
  printf '%s\n' "$1" >"$PG_PLACE/wal_archive"
  cluster_reconfigure
}

# archive_command: of PostgreSQL. Before the first backup there is nothing that a change could be applied to.
archive_command() {
  if [[ -f "$PG_PLACE/wal_archive" ]]; then
    printf '"%s/archive_wal.sh" "%s" "%%p" "%%f"\n' "$PG_PLACE" "$(wal_archive)"
  else
    echo /bin/true
  fi
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
  local service ended
  ended="$(cluster_psql -Atc "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')")" || return
  for service in "${VSV_SERVICES[@]}"; do
    printf 'migrations_%s=%s\n' "$service" "$(cat "$PG_PLACE/$service.migrations")"
  done
  cat <<META
format=$BACKUP_FORMAT
postgresql=$(cat "$1/data/PG_VERSION")
ended=$ended UTC
keys=$(keys_fingerprint)
archive=$(wal_archive)
first_wal=$(sed -nE 's/^START WAL LOCATION: .*\(file ([0-9A-F]+)\)$/\1/p' "$1/data/backup_label")
META
}

# drop_backup DIR MADE: what there is of one that was not finished.
drop_backup() {
  rm -rf "$1/data" "$1/.vsv-backup"
  [[ "$2" == no ]] || rmdir "$1"
}

# command_backup [DIR]
command_backup() {
  local target archive made=no began=$SECONDS
  (($# <= 1)) || die "unexpected argument '$2'" "see: ./run help"
  target="$(realpath -m "${1:-$VSV_HOME/backup/$(date -u +%Y%m%dT%H%M%SZ)}")"
  take_lock
  cluster_locate
  choose_ports
  refuse_half_restored
  pg_is_running "$PG_PLACE" || die "PostgreSQL does not run in $VSV_HOME" "start it first: ./run up"
  [[ "$(cluster_psql -Atc 'SHOW archive_mode')" == on ]] ||
    die "PostgreSQL was started by an older checkout, which did not archive changes" "./run down, ./run up, and try again"
  [[ ! -e "$target" || -z "$(ls -A "$target" 2>&1)" ]] || die "$target is not empty" "name a directory that does not exist yet"
  archive="$(realpath -m "${VSV_WAL_ARCHIVE:-$(wal_archive)}")"
  adopt_wal_archive
  refuse_another_archive "$archive"
  use_wal_archive "$archive"
  if [[ ! -d "$target" ]]; then
    made=yes
    (umask 077 && mkdir -p "$target") || die "$target cannot be made"
  fi
  # shellcheck disable=SC2064 # this target
  trap "drop_backup '$target' $made" EXIT
  trap 'exit 130' INT TERM
  need_free_disk "$target" $(($(directory_megabytes "$PG_PLACE/data") + 128))
  run_logged "Copying the cluster, with its checksums, to $target" "$VSV_HOME/log/backup.log" copy_cluster "$target" ||
    die "nothing was kept of this backup"
  describe_backup "$target" >"$target/.vsv-backup" || die "the backup could not be described; nothing was kept of it"
  sync -f "$target" || die "the backup could not be put on the disk; nothing was kept of it"
  mv "$target/.vsv-backup" "$target/vsv-backup" || die "the backup could not be finished; nothing was kept of it"
  sync "$target"
  trap - EXIT INT TERM
  say "Backup of $(directory_megabytes "$target") MiB in $((SECONDS - began)) s: $target"
  printf '  Changes from now on are archived in %s, within a minute.\n' "$(wal_archive)"
  printf '  It holds no keys. Keep %s apart and safe: without them nobody reads it.\n' "$VSV_HOME/secrets and $VSV_HOME/pki"
  printf '  bring it back: ./run restore %s [--to TIME]\n' "$target"
}
