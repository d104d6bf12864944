#!/bin/sh
# restore_command of PostgreSQL: fetch_wal.sh ARCHIVE OTHER NAME TARGET. From the archive, else from the pg_wal of the
# cluster that is being replaced, which holds what it had not archived yet. By 1 PostgreSQL learns that there is no such
# file, and takes that for the end of all changes; what is there and cannot be had must therefore stop it, as 255 does.
set -u
archive="$1" other="$2" name="$3" target="$4"

stop() {
  echo "fetch_wal: $1" >&2
  exit 255
}

{ [ -r "$archive" ] && [ -x "$archive" ]; } || stop "the archive $archive cannot be read"
if [ -e "$archive/$name.gz" ]; then
  gzip -dc "$archive/$name.gz" >"$target" || stop "$archive/$name.gz cannot be unpacked"
elif [ -e "$other/$name" ]; then
  cp "$other/$name" "$target" || stop "$other/$name cannot be copied"
else
  exit 1
fi
