# shellcheck shell=bash
# Of ./run restore: which of the histories in the archive it follows, and whether it got all that is held of that one.
# A segment is called TTTTTTTTXXXXXXXXYYYYYYYY, by its timeline and its number (16 MiB each). Every restore begins a timeline
# of its own; TTTTTTTT.history says from which others it comes.

# replaced_wal: of the cluster that is being replaced, or is about to be.
replaced_wal() {
  local data="$PG_PLACE/data.replaced"
  [[ -d "$data" ]] || data="$PG_PLACE/data"
  printf '%s\n' "$data/pg_wal"
}

# held REGEX: the names, without ending, of the files that the archive has, be they unfinished, or the cluster being replaced
# waits to archive.
held() {
  local waiting
  local -a places=("$ARCHIVE")
  waiting="$(replaced_wal)/archive_status"
  [[ ! -d "$waiting" ]] || places+=("$waiting")
  find "${places[@]}" -maxdepth 1 -regextype egrep -regex ".*/$1(\.partial)?\.(gz|ready)" -printf '%f\n' |
    sed -E 's/(\.partial)?\.(gz|ready)$//' | LC_ALL=C sort -u
}

# timeline_began TIMELINE: in seconds since 1970. PostgreSQL writes the history file at that moment, and gzip keeps the time
# of what it packs in its head, wherever the archive is copied to.
timeline_began() {
  if [[ -f "$ARCHIVE/$1.history.gz" ]]; then
    od -An --endian=little -t u4 -j 4 -N 4 "$ARCHIVE/$1.history.gz" | tr -d ' '
  else
    stat -c %Y "$(replaced_wal)/$1.history"
  fi
}

timeline_history() {
  if [[ -f "$ARCHIVE/$1.history.gz" ]]; then
    gzip -dc "$ARCHIVE/$1.history.gz"
  else
    cat "$(replaced_wal)/$1.history"
  fi
}

# segment_of LSN: the number of the segment with the byte before it.
segment_of() {
  printf '%d\n' $((((16#${1%/*} << 32) + 16#${1#*/} - 1) >> 24))
}

# segment_number NAME
segment_number() {
  printf '%d\n' $((16#${1:8:8} * 256 + 16#${1:16:8}))
}

# choose_timeline: TIMELINE that was lived at TARGET, or is now: the newest that had begun by then. Nobody is served in the
# second in which one begins.
choose_timeline() {
  local file began moment=$((1 << 40))
  case "$TARGET" in
    "") ;;
    backup) moment=0 ;;
    *) moment="$(date -d "$TARGET" +%s)" ;;
  esac
  TIMELINE="${LAST_OF_BACKUP:0:8}"
  for file in $(held '[0-9A-F]{8}\.history'); do
    began="$(timeline_began "${file%.history}")" || die "$ARCHIVE/$file.gz cannot be read"
    [[ ! "${file%.history}" > "$TIMELINE" ]] || ((began >= moment)) || TIMELINE="${file%.history}"
  done
  read_timeline
}

# read_timeline: ENDS, the number of the last segment of each one that TIMELINE comes from; it has no end yet itself.
read_timeline() {
  local parent lsn history=""
  declare -gA ENDS=(["$TIMELINE"]=$((1 << 40)))
  [[ "$TIMELINE" == 00000001 ]] || history="$(timeline_history "$TIMELINE")" ||
    die "the history of timeline $TIMELINE cannot be read" "it is in $ARCHIVE/$TIMELINE.history.gz"
  while read -r parent lsn _; do
    [[ ! "$parent" =~ ^[0-9]+$ ]] || ENDS[$(printf '%08X' "$parent")]="$(segment_of "$lsn")"
  done <<<"$history"
  (($(segment_number "$LAST_OF_BACKUP") <= ${ENDS[${LAST_OF_BACKUP:0:8}]:--1})) ||
    die "this backup is of a history that was given up before ${TARGET:-now}: timeline $TIMELINE, which followed, does not come from it" \
      "take another backup, or an earlier time"
}

# held_segments: of TIMELINE and those it comes from, in their order.
held_segments() {
  local segment until
  while read -r segment; do
    until="${ENDS[${segment:0:8}]:--1}"
    ((16#${segment:8:8} * 256 + 16#${segment:16:8} > until)) || printf '%s\n' "$segment"
  done < <(held '[0-9A-F]{24}' | LC_ALL=C sort -k1.9)
}

# check_archive: ARCHIVE goes on from the backup, whose own last segment is LAST_OF_BACKUP. Where replaying ends at a gap is
# known only when it does: with a TARGET that may be late enough.
check_archive() {
  local segment number last until goes_on=no
  last="$(segment_number "$LAST_OF_BACKUP")" until="$last"
  while read -r segment; do
    number=$((16#${segment:8:8} * 256 + 16#${segment:16:8}))
    ((number >= last)) || continue
    goes_on=yes
    ((number <= until + 1)) || [[ -n "$TARGET" ]] ||
      die "the archive $ARCHIVE misses a segment before $segment" \
        "what it holds from there on cannot be replayed; what lies before can: --to TIME"
    ((number <= until)) || until="$number"
  done < <(held_segments)
  [[ "$goes_on" == yes ]] ||
    die "the archive $ARCHIVE does not go on from this backup: it has nothing from $LAST_OF_BACKUP on" \
      "VSV_WAL_ARCHIVE says where it is now; without any, the backup alone: ./run restore $BACKUP --to backup"
}

# refuse_two_archives: changes since the backup went to one place and then to another, and only one would be followed, and
# archived to from there on.
refuse_two_archives() {
  local first
  first="$(backup_says archive)"
  [[ -z "${VSV_WAL_ARCHIVE:-}" && -f "$PG_PLACE/wal_archive" && "$(wal_archive)" != "$first" ]] || return 0
  die "after this backup the archive of changes moved, from $first to $(wal_archive)" \
    "join them, and say so: cp -an $first/. $(wal_archive) && VSV_WAL_ARCHIVE=$(wal_archive) ./run restore ..." \
    "is one of them lost, then VSV_WAL_ARCHIVE names the other: docs/runbooks/restore.md"
}

# find_archive: ARCHIVE is where the changes since are. It is written to as well, once the restored cluster serves.
find_archive() {
  local unusable
  refuse_two_archives
  ARCHIVE="$(realpath -m "${VSV_WAL_ARCHIVE:-$(backup_says archive)}")"
  LAST_OF_BACKUP="$(find "$BACKUP/data/pg_wal" -regextype egrep -regex '.*/[0-9A-F]{24}' -printf '%f\n' | LC_ALL=C sort | tail -n 1)"
  if [[ "$TARGET" == backup ]]; then
    open_wal_archive "$ARCHIVE"
    choose_timeline
    return
  fi
  [[ -d "$ARCHIVE" ]] ||
    die "the archive of changes $ARCHIVE is not there" \
      "VSV_WAL_ARCHIVE says where it is now; without any, the backup alone: ./run restore $BACKUP --to backup"
  unusable="$(pg_as find "$ARCHIVE" -maxdepth 1 \( ! -readable -o -type d ! -writable \) -print -quit)" || unusable="$ARCHIVE"
  [[ -z "$unusable" ]] ||
    die "PostgreSQL cannot use $unusable" "the archive must belong to who runs it: chown -R postgres $ARCHIVE"
  choose_timeline
  check_archive
  open_wal_archive "$ARCHIVE"
}

# check_all_replayed: replaying ends without a word where a segment is missing or damaged inside. Where it ended stands in the
# history of the timeline that the restore began.
check_all_replayed() {
  local ended segment
  ended="$(find "$PG_PLACE/data/pg_wal" -maxdepth 1 -name '*.history' | LC_ALL=C sort | tail -n 1)"
  ended="$(segment_of "$(sed -nE 's/^[0-9]+\t([0-9A-F]+\/[0-9A-F]+)\t.*/\1/p' "$ended" | tail -n 1)")"
  segment="$(held_segments | tail -n 1)"
  [[ -n "$segment" ]] && (($(segment_number "$segment") > ended)) || return 0
  printf 'run: the changes up to %s were replayed, but not all that is held, up to %s:\n' "$REACHED" "$segment" >&2
  printf '     one in between is missing or damaged; see %s\n' "$PG_PLACE/postgresql.log" >&2
  printf '     what lies before it can be had: --to %s\n' "$(date -u -d "$REACHED" +%FT%T.%6NZ)" >&2
  return 1
}
