#!/bin/sh
# restore_command of PostgreSQL: fetch_wal.sh ARCHIVE OTHER NAME TARGET. From the archive, else from the pg_wal of the
# cluster that is being replaced, which holds what it had not archived yet, else what the archive has of a segment that was never
# finished. By 1 PostgreSQL learns that there is no such file, and takes that for the end of all changes; what is there and
# cannot be had must therefore stop it, as 255 does.
set -u
archive="$1" other="$2" name="$3" target="$4"

stop() {
  echo "fetch_wal: $1" >&2
  exit 255
}

unpack() {
  gzip -dc "$1" >"$target" || stop "$1 cannot be unpacked"
}

{ [ -r "$archive" ] && [ -x "$archive" ]; } || stop "the archive $archive cannot be read"
if [ -e "$archive/$name.gz" ]; then
  unpack "$archive/$name.gz"
elif [ -e "$other/$name" ]; then
  cp "$other/$name" "$target" || stop "$other/$name cannot be copied"
elif [ -e "$archive/$name.partial.gz" ]; then
  unpack "$archive/$name.partial.gz"
else
  exit 1
fi
