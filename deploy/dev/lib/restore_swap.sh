# shellcheck shell=bash
# Of ./run restore: the fresh data directory takes the place of the present one, for good or not. What was there waits in
# data.replaced (an empty directory when there was nothing) from the first step to the last, so that its being there tells
# of a restore that was cut off, wherever that was; then it is data.before-restore.

# refuse_half_restored: for all that would go on as if nothing had been.
refuse_half_restored() {
  [[ ! -d "$PG_PLACE/data.replaced" ]] ||
    die "a restore was cut off: what was there before it is in $PG_PLACE/data.replaced" \
      "bring that back, and begin again: ./run restore --put-back"
}

# check_can_swap: whether data can be renamed. Before anything is stopped.
check_can_swap() {
  if mountpoint -q "$PG_PLACE/data" || [[ -L "$PG_PLACE/data" ]]; then
    die "$PG_PLACE/data is mounted, or a link: a restore cannot put another in its place" \
      "mount the disk one directory higher, and the data in it"
  fi
}

# swap_in: data.new takes the place of data.
swap_in() {
  pg_clear_stale "$PG_PLACE" || return
  if [[ -d "$PG_PLACE/data" ]]; then
    mv -T "$PG_PLACE/data" "$PG_PLACE/data.replaced" || return
  else
    mkdir "$PG_PLACE/data.replaced" || return
  fi
  mv -T "$PG_PLACE/data.new" "$PG_PLACE/data" && pg_init "$PG_PLACE" scram-sha-256
}

# keep_swapped: from here on what was restored is what there is.
keep_swapped() {
  rm -rf "$PG_PLACE/data.before-restore" || return
  if [[ -f "$PG_PLACE/data.replaced/PG_VERSION" ]]; then
    mv -T "$PG_PLACE/data.replaced" "$PG_PLACE/data.before-restore"
  else
    rmdir "$PG_PLACE/data.replaced"
  fi
}

# put_back: what was there, wherever the restore was cut off. May itself be cut off, and repeated.
put_back() {
  [[ -d "$PG_PLACE/data.replaced" ]] || return 0
  pg_stop "$PG_PLACE" immediate && pg_clear_stale "$PG_PLACE" || return
  rm -rf "$PG_PLACE/data" || return
  rm -f "$PG_PLACE"/*.migrations || return # what they say may be of the other cluster
  put_back_checkpoints || return
  if [[ -f "$PG_PLACE/data.replaced/PG_VERSION" ]]; then
    mv -T "$PG_PLACE/data.replaced" "$PG_PLACE/data"
  else
    rmdir "$PG_PLACE/data.replaced"
  fi
}

# keep_checkpoints: of the audit trails, before the restored ones add to them. A copy that is not whole is none.
keep_checkpoints() {
  cp -rp "$VSV_HOME/audit" "$RESTORE_NOTES/audit.partial" && mv -T "$RESTORE_NOTES/audit.partial" "$RESTORE_NOTES/audit"
}

# put_back_checkpoints: each beside the present one, in whose place it then goes. Those that began with the restore never were.
put_back_checkpoints() {
  local file name
  [[ -d "$RESTORE_NOTES/audit" ]] || return 0
  for file in "$RESTORE_NOTES"/audit/*.checkpoints; do
    [[ -f "$file" ]] || continue
    name="$(basename "$file")"
    cp -p "$file" "$VSV_HOME/audit/.$name" && mv -T "$VSV_HOME/audit/.$name" "$VSV_HOME/audit/$name" || return
  done
  for file in "$VSV_HOME"/audit/*.checkpoints; do
    [[ -f "$RESTORE_NOTES/audit/$(basename "$file")" ]] || rm -f "$file" || return
  done
}

# take_back_restore: after a failure or a signal. Nobody may be left to read what it says.
take_back_restore() {
  set +e
  trap - EXIT TERM
  trap '' INT HUP PIPE
  echo "run: the restore failed; putting back what was there" >&2
  rm -rf "$PG_PLACE/data.new"
  if ! put_back; then
    echo "run: it could not be put back: see above, and when that is mended: ./run restore --put-back" >&2
    return
  fi
  [[ "$WAS_RUNNING" == yes ]] || return 0
  # shellcheck disable=SC2034 # filled by up_services
  STARTED_SERVICES=()
  if cluster_up && up_services; then
    echo "run: everything runs as before" >&2
  else
    echo "run: what was there is back in $PG_PLACE/data but does not start; see ./run status" >&2
  fi
}
