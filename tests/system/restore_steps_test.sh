#!/usr/bin/env bash
# What ./run restore does when something is in the way, and which changes it brings back.
# restore_steps_test.sh [CHECK...] does these alone.
# shellcheck disable=SC2016,SC2317 # scripts in quotes; checks are called by name
# shellcheck source=tests/system/restore_steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/restore_steps.sh"

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

refuses_what_is_no_time_with_date_and_zone() {
  local time
  for time in "" 5 monday now 2026-11-22 2026-11-22T15:04 2026-11-22T15:04:05 "2026-11-22 15:04:05Z" 2026-11-22T15:04:05CET \
    2026-11-22T15:04:05+01 2026-02-30T15:04:05Z 2026-11-22T25:04:05Z; do
    fails "'$time' is no time" run command_restore "$backup" --to "$time" || return
  done
  same_postmaster
}

calls_no_backup_damaged_for_what_is_missing_here() {
  local said
  said="$(INSTEAD='pg_bin() { echo "PostgreSQL is missing ($1)" >&2; return 2; }' run command_restore "$backup" 2>&1)"
  [[ "$said" == *"is missing (pg_verifybackup)"* && "$said" != *damaged* ]] && same_postmaster
}

builds_first_on_a_new_machine() {
  rm "$VSV_HOME/build/bin/vsv-probe"
  [[ "$(INSTEAD='install_packages() { echo "$@"; }; build_everything() { echo build; exit 1; }' \
    run command_restore "$backup")" == $'run cert\nbuild' ]] && same_postmaster
}

refuses_changes_in_two_places_until_they_are_joined() {
  write A && segment && VSV_WAL_ARCHIVE="$work/moved" run command_backup "$work/disk" && write B && sql 'SELECT pg_switch_wal()' || return
  fails "the archive of changes moved, from $pg/archive to $work/moved" run command_restore "$backup" && same_postmaster &&
    fails "the archive of changes moved" run command_restore "$backup" --to backup && archives "$work/moved" || return
  cp -an "$pg/archive/." "$work/moved"
  VSV_WAL_ARCHIVE="$work/moved" run command_restore "$backup" && has A B in-backup && archives "$work/moved"
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

# A segment that is not finished is held for later under a name of its own: the cluster that goes on with it archives it.
holds_what_a_killed_cluster_had_not_archived() {
  local first second
  write A && first="$(now)" && write B && second="$(now)" && run pg_crash "$pg" && run command_restore "$backup" --to "$first" &&
    has A in-backup && stop && rm -r "$pg"/data* && run command_restore "$backup" --to "$second" && has A B in-backup
}

goes_on_archiving_when_cut_off_in_the_last_step() {
  write A && "${@:-:}" && kills keep_swapped command_restore "$backup" && run command_restore --put-back && up && write B && segment &&
    as_before A B in-backup && write C && run command_restore "$backup" && has A B C in-backup
}

goes_on_archiving_when_killed_and_cut_off_in_the_last_step() {
  goes_on_archiving_when_cut_off_in_the_last_step run pg_crash "$pg"
}

goes_on_archiving_with_what_was_before_a_restore() {
  local first
  first="$(now)" && write A && run pg_crash "$pg" && run command_restore "$backup" --to "$first" && has in-backup && segment && stop &&
    rm -r "$pg/data" && mv "$pg/data.before-restore" "$pg/data" && mkdir "$work/moved" && mv "$pg"/archive/00000002* "$work/moved" &&
    up && write B && segment && has A B in-backup && run command_restore "$backup" && has A B in-backup
}

archives_what_was_restored_however_it_goes_on() {
  write A && segment && rm "$pg/wal_archive" && kills report_restore command_restore "$backup" && up && archives "$pg/archive" &&
    write B && segment && as_before A B in-backup
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

do_checks "$@"
