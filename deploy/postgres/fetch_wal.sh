#!/bin/sh
# restore_command of PostgreSQL: fetch_wal.sh ARCHIVE OTHER NAME TARGET. From the archive, else from the pg_wal of the
# cluster that is being replaced, which holds what it had not archived yet.
set -eu
archive="$1" other="$2" name="$3" target="$4"
if [ -e "$archive/$name.gz" ]; then
  gzip -dc "$archive/$name.gz" >"$target"
else
  cp "$other/$name" "$target" 2>/dev/null
fi
