#!/usr/bin/env bash
# ./run backup and ./run restore on a real PostgreSQL, without servers: what they do when something is in the way, and which
# changes they bring back. restore_steps_test.sh [CHECK...] does these alone. Every check begins with the same system: a
# cluster that runs, with one backup, and a row that is in it.
# shellcheck disable=SC2016,SC2034,SC2317 # scripts in quotes; what the sourced files read; checks are called by name
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
test="$PWD/tests/system/$(basename "${BASH_SOURCE[0]}")"

# As ./run is, but for the servers: `begin` in place of one, which a check may make do anything as it begins an epoch.
if [[ "${1:-}" == --as-run ]]; then
  VSV_ROOT="$PWD"
  set -e
  for part in say postgres home packages build cluster backup restore_archive restore_swap restore_report restore services commands; do
    # shellcheck source=/dev/null
    source "deploy/dev/lib/$part.sh"
  done
  VSV_SERVICES=(dossiers) VSV_AUDITED=(dossiers)
  built() { printf '%s\n' "$VSV_HOME/begin"; }
  up_services() { echo up >>"$VSV_HOME/served"; }
  make_certificates() { :; } && service_flags() { :; } && print_endpoints() { :; }
  cluster_migrate() {
    echo deployed >"$PG_PLACE/$1.migrations"
    [[ -z "$(cluster_psql -Atc "SELECT 1 FROM pg_database WHERE datname = 'dossiers'")" ]] || return 0
    cluster_psql -c 'ALTER SYSTEM SET fsync = off' -c 'CREATE DATABASE dossiers' || return
    cluster_psql -d dossiers -c 'CREATE TABLE written (what text)' -c 'CREATE TABLE feed_heads (position bigint)' \
      -c 'CREATE TABLE feed_outbox ()' \
      -c 'CREATE TABLE consents (region_id int, dossier_id int, id int, withdrawn_at timestamptz)'
  }
  set_ports && cluster_locate
  "${@:2}"
  exit
fi

unset "${!VSV_@}"
# In memory where there is room: it copies a cluster some eighty times, and what a disk does is not its question.
memory="$(df --output=avail -m /dev/shm 2>/dev/null | tail -n 1)"
if ((${memory:-0} > 2048)); then TMPDIR="${TMPDIR:-/dev/shm}"; fi
work="$(mktemp -d "${TMPDIR:-/tmp}/vsv-steps.XXXXXX")"
chmod 0755 "$work"
export VSV_HOME="$work/home" VSV_PORT_BASE=$((20050 + (BASHPID % 110) * 100))
backup="$VSV_HOME/backup/one" pg="$VSV_HOME/pg" failed=0

clean_up() { stop; rm -rf "$work"; }
trap clean_up EXIT

run() { bash "$test" --as-run "$@"; }
up() { run bring_up; }
stop() { run pg_stop "$pg" immediate; }
sql() { run cluster_psql -d dossiers -Atc "$1"; }
write() { sql "INSERT INTO written VALUES ('$1')"; }
has() { [[ "$(sql 'SELECT string_agg(what, $$ $$ ORDER BY what) FROM written')" == "$*" ]]; }
now() { date -u +%FT%T.%6NZ; }
same_postmaster() { [[ "$(head -n 1 "$pg/data/postmaster.pid")" == "$postmaster" ]]; }
archives() { [[ "$(sql 'SHOW archive_command')" == *"$1"* ]]; }

fails_to_archive() { (($(sql 'SELECT failed_count FROM pg_stat_archiver') > 0)); }

# within_seconds N COMMAND...: until it succeeds.
within_seconds() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.05
  done
}

# segment: ends the present one, waits until it is archived, and names it.
segment() {
  local name
  name="$(sql "SELECT pg_walfile_name(pg_switch_wal() - 1)")"
  within_seconds 20 test -f "$pg/archive/$name.gz" && printf '%s\n' "$pg/archive/$name.gz"
}

# fails TEXT COMMAND...: it exits 1 and says this.
fails() {
  local text="$1" output status=0
  shift
  output="$("$@" 2>&1)" || status=$?
  printf '%s\n(exit %d)\n' "$output" "$status"
  ((status == 1)) && grep -qF -- "$text" <<<"$output"
}

# instead PROGRAM SCRIPT: stands before the one in PATH.
instead() {
  mkdir -p "$work/bin"
  printf '#!/bin/bash\n%s\nPATH="${PATH#*:}" exec %s "$@"\n' "$2" "$1" >"$work/bin/$1"
  chmod +x "$work/bin/$1"
}
with_it() { PATH="$work/bin:$PATH" "$@"; }

# begins SCRIPT: what the server does that begins an epoch.
begins() {
  printf '#!/bin/bash\n%s\n' "$1" >"$VSV_HOME/begin"
  chmod +x "$VSV_HOME/begin"
}

# as_before: what was there runs on, with all that was in it.
as_before() {
  [[ ! -e "$pg/data.replaced" && ! -e "$pg/data.new" ]] && has "$@" && archives archive_wal.sh
}

# --- what cannot be restored is told before anything is stopped

refuses_data_that_cannot_be_renamed() {
  instead mountpoint '[[ "$*" != *pg/data ]] || exit 0'
  fails "is mounted" with_it run command_restore "$backup" && same_postmaster
}

refuses_without_the_archive() {
  write A && segment && mv "$pg/archive" "$pg/moved" &&
    fails "is not there" run command_restore "$backup" && same_postmaster && [[ ! -e "$pg/archive" ]]
}

refuses_another_archive() {
  write A && segment && mkdir -m 0777 "$work/empty" &&
    VSV_WAL_ARCHIVE="$work/empty" fails "does not go on from this backup" run command_restore "$backup" --to "$(now)" && same_postmaster
}

refuses_an_archive_that_postgresql_cannot_read() {
  local file
  write A && file="$(segment)" && chmod 0 "$file" &&
    fails "cannot use $file" run command_restore "$backup" && same_postmaster
}

refuses_an_archive_that_cannot_be_written() {
  chmod 0500 "$pg/archive" && fails "cannot use $pg/archive" run command_restore "$backup" && same_postmaster
}

refuses_a_gap_when_everything_is_asked_for() {
  local gap
  write A && gap="$(segment)" && write B && segment && rm "$gap" &&
    fails "misses a segment" run command_restore "$backup" && same_postmaster
}

# --- all that was asked for is there, or what was there before

stops_at_a_segment_that_cannot_be_unpacked() {
  local cut
  write A && cut="$(segment)" && write B && segment && truncate -s 200 "$cut" &&
    fails "cannot be unpacked" run command_restore "$backup" --to "$(now)" && as_before A B in-backup
}

stops_at_a_segment_that_is_damaged_inside() {
  local bad
  write A && bad="$(segment)" && write B && segment && gzip -dc "$bad" >"$work/bad" || return
  dd if=/dev/zero of="$work/bad" bs=8192 count=40 conv=notrunc status=none
  gzip -c "$work/bad" >"$bad"
  fails "not all that is held" run command_restore "$backup" && as_before A B in-backup
}

minds_a_gap_before_the_time_asked_for_alone() {
  local gap moment
  write A && moment="$(now)" && write B && segment && write C && gap="$(segment)" && write D && segment && rm "$gap" &&
    fails "not all that is held" run command_restore "$backup" --to "$(now)" && as_before A B C D in-backup &&
    run command_restore "$backup" --to "$moment" && has A in-backup
}

takes_the_end_for_a_time_after_the_last_change() {
  write A && run command_restore "$backup" --to "$(now)" && has A in-backup
}

brings_back_the_backup_alone() {
  write A && segment && rm -r "$pg/archive" && run command_restore "$backup" --to backup && has in-backup && archives "$pg/archive"
}

takes_an_archive_by_a_relative_name() {
  local from="${VSV_HOME#/}"
  write A && segment && mv "$pg/archive" "$work/moved" || return
  from="$(realpath --relative-to=. "$work/moved")"
  VSV_WAL_ARCHIVE="$from" run command_restore "$backup" && has A in-backup && archives "\"$work/moved\""
}

restores_where_nothing_was() {
  stop && rm -r "$pg/data" && begins 'exit 1' && ! run command_restore "$backup" && [[ -z "$(ls -d "$pg"/data*)" ]] &&
    begins 'exit 0' && run command_restore "$backup" && has in-backup
}

# After a restore to a moment, one to a later moment of the history that was given up, whose cluster had been killed.
follows_the_history_of_the_time_asked_for() {
  local first second
  write A && first="$(now)" && write B && second="$(now)" && write C && run pg_crash "$pg" &&
    run command_restore "$backup" --to "$first" && has A in-backup && write D && segment &&
    run command_restore "$backup" --to "$second" && has A B in-backup && write E && segment &&
    run command_restore "$backup" && has A B E in-backup
}

# --- whatever happens, what was there is put back

puts_back_when_data_cannot_be_moved() {
  instead mv '[[ "$*" != *"/pg/data /"* && "$*" != *"/pg/data "* ]] || exit 1'
  write A && with_it run command_restore "$backup"
  (($? == 1)) && as_before A in-backup
}

puts_back_although_nobody_reads_what_it_says() {
  begins "${1:-exit 1}"
  write A
  run command_restore "$backup" 2>&1 | sed /Replaying/q
  ((PIPESTATUS[0] != 0)) && as_before A in-backup
}

puts_back_after_a_hang_up() {
  puts_back_although_nobody_reads_what_it_says 'kill -HUP $PPID; exit 1'
}

goes_on_with_nothing_after_it_was_killed() {
  begins 'kill -9 $PPID'
  write A
  ! run command_restore "$backup" && begins 'exit 0' &&
    fails "a restore was cut off" up && fails "a restore was cut off" run command_restore "$backup" &&
    fails "a restore was cut off" run command_backup "$work/another" &&
    run command_restore --put-back && up && as_before A in-backup && fails "no restore was cut off" run command_restore --put-back
}

puts_back_the_checkpoints_as_they_were() {
  echo sealed >"$VSV_HOME/audit/dossiers.checkpoints"
  begins "echo more >>'$VSV_HOME/audit/dossiers.checkpoints'; echo new >'$VSV_HOME/audit/other.checkpoints'; exit 1"
  ! run command_restore "$backup" && [[ "$(cat "$VSV_HOME"/audit/*)" == sealed ]]
}

leaves_the_checkpoints_when_they_cannot_be_kept() {
  echo sealed >"$VSV_HOME/audit/dossiers.checkpoints"
  echo sealed >"$VSV_HOME/audit/programs.checkpoints"
  instead cp 'if [[ "$*" == *-rp* ]]; then mkdir "${@: -1}"; echo sea >"${@: -1}/dossiers.checkpoints"; exit 1; fi'
  ! with_it run command_restore "$backup" && [[ "$(cat "$VSV_HOME"/audit/*)" == $'sealed\nsealed' ]] && as_before in-backup
}

serves_nothing_that_is_taken_back() {
  begins "chown root '$pg/archive'; chmod 0500 '$pg/archive'"
  write A && sql 'SELECT pg_switch_wal()' && : >"$VSV_HOME/served"
  ! run command_restore "$backup" && [[ "$(cat "$VSV_HOME/served")" == up ]] && as_before A in-backup
}

tells_what_it_cannot_tell() {
  sql 'DROP TABLE consents' && sql 'DROP TABLE feed_heads' && run command_restore "$backup" --to backup >"$work/report" &&
    grep -q 'dossiers  cannot be told' "$work/report" && grep -q 'withdrawal is lost cannot be told' "$work/report"
}

# --- the archive and the backups

fails_to_archive_when_the_archive_is_gone() {
  local wal
  archives "$pg/archive" && mv "$pg/archive" "$pg/moved" && wal="$(sql 'SELECT pg_walfile_name(pg_switch_wal() - 1)')" || return
  within_seconds 20 fails_to_archive && [[ -e "$pg/data/pg_wal/archive_status/$wal.ready" ]]
}

# What an archive that is not mounted leaves: a directory that PostgreSQL may write into.
fails_to_archive_where_the_archive_is_not_mounted() {
  local wal
  mv "$pg/archive" "$pg/moved" && run open_wal_archive "$pg/archive" && rm "$pg/archive/vsv-archive" &&
    wal="$(sql 'SELECT pg_walfile_name(pg_switch_wal() - 1)')" || return
  within_seconds 20 fails_to_archive && [[ -z "$(ls -A "$pg/archive")" && -e "$pg/data/pg_wal/archive_status/$wal.ready" ]] || return
  fails "is it mounted?" run command_backup "$work/disk" && [[ -z "$(ls -A "$pg/archive")" && ! -e "$work/disk" ]] || return
  rmdir "$pg/archive" && mv "$pg/moved" "$pg/archive" && within_seconds 90 test -e "$pg/archive/$wal.gz"
}

archives_nothing_before_the_first_backup() {
  rm "$pg/wal_archive" && up && archives /bin/true
}

mends_the_archiving_of_a_cluster_that_runs() {
  echo "archive_command = ''" >>"$pg/data/vsv.conf"
  sql 'SELECT pg_reload_conf()' && up && archives archive_wal.sh && same_postmaster
}

makes_a_backup_in_an_empty_directory() {
  local directory
  mkdir "$work/disk" && directory="$(stat -c %i "$work/disk")" && run command_backup "$work/disk" &&
    [[ "$(stat -c %i "$work/disk")" == "$directory" && -f "$work/disk/vsv-backup" ]] &&
    write A && segment && run command_restore "$work/disk" && has A in-backup
}

leaves_nothing_of_a_backup_that_failed() {
  mkdir "$work/disk"
  instead sync '[[ "$*" != *"/disk"* ]] || exit 1'
  ! with_it run command_backup "$work/disk" && [[ -z "$(ls -A "$work/disk")" ]]
}

# --- the system that every check begins with

make_system() {
  mkdir -p "$VSV_HOME"
  begins 'exit 0'
  up && write in-backup && run command_backup "$backup" && segment && stop && cp -a "$VSV_HOME" "$work/as-made"
}

begin_anew() {
  stop
  rm -rf "$VSV_HOME" "${work:?}"/{bin,disk,empty,moved}
  cp -a "$work/as-made" "$VSV_HOME" && up && postmaster="$(head -n 1 "$pg/data/postmaster.pid")"
}

checks=("$@")
((${#checks[@]})) || mapfile -t checks < <(sed -nE '/^# --- what cannot/,/^# --- the system/s/^([a-z_]+)\(\) \{$/\1/p' "$test")
make_system >"$work/out" 2>&1 || { cat "$work/out"; exit 1; }
for check in "${checks[@]}"; do
  began=$SECONDS
  printf '[ RUN      ] %s\n' "$check"
  if begin_anew >"$work/out" 2>&1 && "$check" >>"$work/out" 2>&1; then
    printf '[       OK ] %s (%d s)\n' "$check" $((SECONDS - began))
  else
    printf '[  FAILED  ] %s\n' "$check"
    sed 's/^/        | /' "$work/out"
    failed=1
  fi
done
exit "$failed"
