#!/bin/sh
# archive_command of PostgreSQL: archive_wal.sh ARCHIVE PATH NAME. What is there already must be the same; only of a segment that
# is not finished, NAME.partial, the newest counts. Whatever is wrong with the archive fails, so that PostgreSQL keeps the
# segment, tries again and tells it in pg_stat_archiver.
set -eu
archive="$1" path="$2" name="$3"
# A place where it is not mounted can be written to as well.
[ -e "$archive/vsv-archive" ] || {
  echo "archive_wal: $archive is not the archive that was begun there: is it mounted?" >&2
  exit 1
}
if [ -e "$archive/$name.gz" ] && [ "${name%.partial}" = "$name" ]; then
  gzip -dc "$archive/$name.gz" | cmp -s - "$path" && exit 0
  echo "archive_wal: $archive/$name.gz is there already and differs from $path" >&2
  exit 1
fi
gzip -1 -c "$path" >"$archive/.$name"
sync "$archive/.$name"
mv "$archive/.$name" "$archive/$name.gz"
sync "$archive"
