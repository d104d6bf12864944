# shellcheck shell=bash
# Of ./run restore: what was there before, and what of it is lost. A figure that could not be had is no figure.

# note FILE COMMAND...: what it says, in RESTORE_NOTES; no file when it failed.
note() {
  local file="$RESTORE_NOTES/$1"
  shift
  "$@" >"$file" || rm "$file"
}

# note_present: what is there now and may be missing afterwards. Of a database that does not run nothing can be told.
note_present() {
  local service
  for service in "${VSV_SERVICES[@]}"; do
    note "$service.changes" count_changes "$service"
  done
  note withdrawals list_withdrawals
}

# note_restored: the same of what was restored, before anything is added to it.
note_restored() {
  local service
  for service in "${VSV_SERVICES[@]}"; do
    count_changes "$service" >"$RESTORE_NOTES/$service.restored" || return
  done
}

# count_changes SERVICE: all that its change feed ever told, and what waits to be told.
count_changes() {
  cluster_psql -d "$1" -Atc 'SELECT (SELECT coalesce(sum(position), 0) FROM feed_heads) + (SELECT count(*) FROM feed_outbox)'
}

list_withdrawals() {
  cluster_psql -d dossiers -Atc "SELECT 'regions/' || region_id || '/dossiers/' || dossier_id || '/consents/' || id
    FROM consents WHERE withdrawn_at IS NOT NULL ORDER BY 1"
}

# report_lost_changes: by service.
report_lost_changes() {
  local service before lost
  echo "  Changes made later, which are lost:"
  for service in "${VSV_SERVICES[@]}"; do
    lost="cannot be told: what was there did not answer"
    if [[ -f "$RESTORE_NOTES/$service.changes" ]]; then
      before="$(cat "$RESTORE_NOTES/$service.changes")"
      lost=$((before - $(cat "$RESTORE_NOTES/$service.restored")))
    fi
    printf '    %-9s %s\n' "$service" "$lost"
  done
}

# report_lost_withdrawals: the consents that count again.
report_lost_withdrawals() {
  local lost="$RESTORE_NOTES/lost-withdrawals"
  if [[ ! -f "$RESTORE_NOTES/withdrawals" ]]; then
    echo "  Whether consents count again whose withdrawal is lost cannot be told: what was there did not answer."
  elif ! list_withdrawals | LC_ALL=C comm -23 "$RESTORE_NOTES/withdrawals" - >"$lost"; then
    echo "  Whether consents count again whose withdrawal is lost cannot be told: compare with $RESTORE_NOTES/withdrawals."
  elif [[ -s "$lost" ]]; then
    printf '  %d consents count again whose withdrawal is lost. Withdraw them at once; they are named in\n    %s\n' \
      "$(wc -l <"$lost")" "$lost"
  fi
}

# erased_again: how many dossiers came back with the backup and were erased again.
erased_again() {
  sed -nE 's/.*"event":"erasures applied".*"erased_again":"([0-9]+)".*/\1/p' "$RESTORE_NOTES/dossiers.epoch" | tail -n 1
}

# report_restore: the time that was reached, and what is gone.
report_restore() {
  local again
  say "Restored: the last change that is there was made at $REACHED${TARGET:+ (asked for: $TARGET)}."
  report_lost_changes
  report_lost_withdrawals
  again="$(erased_again)"
  printf '  Erasures applied again: %d (dossiers that came back with the backup; nobody has seen them).\n' "${again:-0}"
  echo "  Which entries of the audit trail are lost: ./run audit verify"
  echo "  Subscribers start afresh by themselves: every cursor of before has expired."
  [[ ! -d "$PG_PLACE/data.before-restore" ]] ||
    printf '  The data of before are kept until the next restore, in %s\n' "$PG_PLACE/data.before-restore"
}
