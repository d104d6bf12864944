#!/usr/bin/env bash
# Whether every change is archived, and what ./run backup and ./run up do when something is in the way of that.
# archive_steps_test.sh [CHECK...] does these alone.
# shellcheck disable=SC2016,SC2317 # scripts in quotes; checks are called by name
# shellcheck source=tests/system/restore_steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/restore_steps.sh"

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

takes_over_an_archive_of_before_it_was_marked_and_once() {
  local marks='s/vsv-archive/./'
  stop && sed -i "$marks" "$pg/archive_wal.sh" && rm "$pg/archive/vsv-archive" && up && write A && segment &&
    stop && rm "$pg/archive/vsv-archive" && up && [[ ! -e "$pg/archive/vsv-archive" ]] || return
  sed -i "$marks" "$pg/archive_wal.sh" && run command_backup "$work/disk" && [[ -e "$pg/archive/vsv-archive" ]]
}

gives_changes_that_wait_to_another_archive() {
  local wal
  wal="$(present_segment)" && mv "$pg/archive" "$pg/moved" && write A && sql 'SELECT pg_switch_wal()' && within_seconds 20 fails_to_archive &&
    fails "is it mounted?" run command_backup "$work/disk" && VSV_WAL_ARCHIVE="$pg/archive-2" run command_backup "$work/disk" &&
    within_seconds 90 test -e "$pg/archive-2/$wal.gz"
}

names_a_segment_that_differs() {
  local wal
  wal="$(present_segment)" && gzip -c "$test" >"$pg/archive/$wal.gz" && write A && sql 'SELECT pg_switch_wal()' && within_seconds 20 fails_to_archive &&
    grep "$pg/archive/$wal.gz is there already and differs" "$pg/postgresql.log"
}

# A postmaster as pg_start sees it: a process that works in the data directory, and what it wrote down about itself.
waits_for_a_recovery_of_more_than_a_minute() {
  local place="$work/disk" recovering='pg_clear_stale() { :; }; pg_as() {
    (cd "$place/data" && exec sleep 3) & printf "%s\n" $! 2 3 4 5 6 7 starting >"$place/data/postmaster.pid"; return 1; }'
  mkdir -p "$place/data" && : >"$place/postgresql.log"
  ! INSTEAD="$recovering" run pg_start "$place" && rm "$place/data/postmaster.pid" || return
  { within_seconds 9 test -s "$place/data/postmaster.pid" && sleep 1 && sed -i s/starting/ready/ "$place/data/postmaster.pid"; } &
  INSTEAD="$recovering" run pg_start "$place" 2>&1 | grep -q "PostgreSQL recovers"
  ((PIPESTATUS[0] == 0))
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

do_checks "$@"
