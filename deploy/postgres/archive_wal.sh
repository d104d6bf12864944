#!/bin/sh
# archive_command of PostgreSQL: archive_wal.sh ARCHIVE PATH NAME. Before the first backup there is nothing that a segment
# could be applied to, so without the directory none is kept. What is there already must be the same.
set -eu
archive="$1" path="$2" name="$3"
[ -d "$archive" ] || exit 0
if [ -e "$archive/$name.gz" ]; then
  gzip -dc "$archive/$name.gz" | cmp -s - "$path"
  exit
fi
gzip -1 -c "$path" >"$archive/.$name"
sync "$archive/.$name"
mv "$archive/.$name" "$archive/$name.gz"
sync "$archive"
