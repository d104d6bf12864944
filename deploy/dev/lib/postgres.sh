# shellcheck shell=bash
# A private PostgreSQL 15 cluster: make, start, stop, deploy. Sourced by ./run and by test_cluster.sh.
# Every function works on one directory and touches no other cluster of the machine.

# The environment of whoever calls must not send psql or sqitch to another server.
unset PGHOST PGHOSTADDR PGPORT PGUSER PGDATABASE PGPASSWORD PGPASSFILE PGSERVICE PGOPTIONS

# shellcheck disable=SC2034 # used by those who source this file
VSV_SERVICES=(partners programs dossiers outcomes)
PG_SOURCE_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)"

# pg_bin NAME: the full path of a PostgreSQL 15 program (Debian keeps the server programs out of PATH).
pg_bin() {
  local path="/usr/lib/postgresql/15/bin/$1"
  [[ -x "$path" ]] || path="$(command -v "$1" || true)"
  if [[ -z "$path" ]]; then
    echo "PostgreSQL 15 is missing ($1). Install it: apt-get install postgresql-15" >&2
    return 2
  fi
  printf '%s\n' "$path"
}

# pg_as COMMAND...: PostgreSQL refuses to run as root, so root runs it as the packaged user `postgres`.
pg_as() {
  if [[ "$(id -u)" == 0 ]]; then
    (cd / && exec runuser -u postgres -- env LC_ALL=C.UTF-8 "$@")
  else
    (cd / && exec env LC_ALL=C.UTF-8 "$@")
  fi
}

# pg_place DIR: where the cluster of DIR really lives. Normally DIR itself. When root keeps the tree under a directory
# that `postgres` may not enter (such as /root, mode 0700), it is a directory of its own in /var/lib/vsv-regie.
pg_place() {
  local dir="$1"
  mkdir -p "$dir"
  dir="$(cd "$dir" && pwd)"
  if [[ "$(id -u)" != 0 ]] || runuser -u postgres -- test -x "$dir" 2>/dev/null; then
    printf '%s\n' "$dir"
    return
  fi
  local name
  if ! id -u postgres >/dev/null 2>&1; then
    echo "PostgreSQL 15 is missing (there is no user postgres). ./run up installs it" >&2
    return 2
  fi
  name="$(printf '%s' "$dir" | sha256sum | cut -c1-16)"
  install -d -m 0755 /var/lib/vsv-regie
  install -d -m 0700 -o postgres "/var/lib/vsv-regie/$name"
  printf '/var/lib/vsv-regie/%s\n' "$name"
}

# pg_socket_dir PLACE: socket directory of the cluster; a path too long for a socket address (107 bytes) moves to /tmp.
pg_socket_dir() {
  local place="$1"
  if ((${#place} <= 80)); then
    printf '%s/socket\n' "$place"
  else
    printf '/tmp/vsv-pg-%s\n' "$(printf '%s' "$place" | sha256sum | cut -c1-16)"
  fi
}

# pg_is_running PLACE: true when the postmaster of exactly this data directory lives. The pid in the file may be stale, a
# zombie that nobody reaps, or by now another program; a living postmaster has its data directory as working directory.
pg_is_running() {
  local data="$1/data" pid
  pid="$(head -n 1 "$data/postmaster.pid" 2>/dev/null)" || return 1
  [[ "$pid" =~ ^[0-9]+$ ]] || return 1
  [[ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" == "$(readlink -f "$data")" ]]
}

# pg_has_processes PLACE: true while any server process, a left-over backend included, works in the data directory.
pg_has_processes() {
  local places
  places="$(readlink /proc/[0-9]*/cwd 2>/dev/null)" || true # of those that ended meanwhile
  grep -qxF -- "$(readlink -f "$1/data")" <<<"$places"
}

# pg_clear_stale PLACE: after a kill -9, waits until the last backend is gone and then removes the lock files, which
# would otherwise make the next start refuse when their pid is in use again.
pg_clear_stale() {
  local place="$1"
  for _ in {1..100}; do
    pg_has_processes "$place" || {
      rm -f "$place/data/postmaster.pid" "$(pg_socket_dir "$place")"/.s.PGSQL.*
      return 0
    }
    sleep 0.1
  done
  echo "processes of a stopped PostgreSQL still work in $place/data; end them first" >&2
  return 1
}

# pg_init PLACE AUTH [PASSWORD_FILE]: makes the data directory once. AUTH is trust or scram-sha-256.
pg_init() {
  local place="$1" auth="$2" password_file="${3:-}" socket initdb
  initdb="$(pg_bin initdb)" || return
  socket="$(pg_socket_dir "$place")"
  if [[ "$(id -u)" == 0 ]]; then
    chown postgres "$place"
    install -d -m 0700 -o postgres "$socket"
  else
    install -d -m 0700 "$socket"
  fi
  [[ -f "$place/data/PG_VERSION" ]] && return 0
  rm -rf "$place/data.new" # left by a run that was cut off
  local -a args=(-D "$place/data.new" -U postgres -E UTF8 --locale=C.UTF-8 --no-sync --data-checksums
    "--auth-local=$auth" "--auth-host=scram-sha-256")
  if [[ -n "$password_file" ]]; then
    # initdb runs as another user than the owner of the file, so the password travels by a private pipe.
    pg_as "$initdb" "${args[@]}" --pwfile=/dev/stdin <"$password_file" >"$place/initdb.log" 2>&1
  else
    pg_as "$initdb" "${args[@]}" >"$place/initdb.log" 2>&1
  fi || {
    cat "$place/initdb.log" >&2
    rm -rf "$place/data.new"
    return 1
  }
  mv "$place/data.new" "$place/data"
}

# pg_configure PLACE: replaces our settings file (standard input) in the data directory and makes the server read it.
pg_configure() {
  local place="$1"
  cat >"$place/data/vsv.conf"
  grep -q "^include 'vsv.conf'" "$place/data/postgresql.conf" ||
    printf "include 'vsv.conf'\n" >>"$place/data/postgresql.conf"
  [[ "$(id -u)" != 0 ]] || chown postgres "$place/data/vsv.conf"
}

# pg_start PLACE: starts the cluster and waits until it answers. A recovery takes as long as it takes: one that is given up
# begins anew at the next start.
pg_start() {
  local place="$1"
  pg_is_running "$place" && return 0
  pg_clear_stale "$place" || return
  pg_as "$(pg_bin pg_ctl)" start -D "$place/data" -l "$place/postgresql.log" -w -t 60 \
    </dev/null >"$place/pg_ctl.log" 2>&1 && return 0
  ! pg_is_running "$place" || echo "PostgreSQL recovers, which takes longer than a minute; see $place/postgresql.log" >&2
  while pg_is_running "$place"; do
    [[ "$(sed -n 8p "$place/data/postmaster.pid" 2>/dev/null)" != @(ready|standby)* ]] || return 0
    sleep 0.2
  done
  echo "PostgreSQL did not start; the last lines of $place/postgresql.log:" >&2
  tail -n 15 "$place/postgresql.log" >&2 || cat "$place/pg_ctl.log" >&2
  return 1
}

# pg_stop PLACE [MODE]: fast (default) or immediate; quiet when nothing runs.
pg_stop() {
  pg_is_running "$1" || return 0
  pg_as "$(pg_bin pg_ctl)" stop -D "$1/data" -m "${2:-fast}" -w -t 60 >/dev/null
}

# pg_crash PLACE: kill -9 of the postmaster and all its children.
pg_crash() {
  local postmaster
  postmaster="$(head -n 1 "$1/data/postmaster.pid")"
  # Children first would let the postmaster start a recovery; it goes first and the rest with it.
  local -a children
  mapfile -t children < <(ps -o pid= --ppid "$postmaster" | tr -d ' ')
  # One of them may have ended by itself meanwhile.
  kill -9 "$postmaster" "${children[@]}" 2>/dev/null || true
  while pg_has_processes "$1"; do sleep 0.05; done
}

# pg_deploy SERVICE DATABASE SOCKET_DIR PORT: brings the database up to the current migrations, as its owner,
# who is let in by trust or by the PGPASSFILE of the caller. All of it must then be as each migration says that it is.
pg_deploy() {
  local service="$1" database="$2" socket="$3" port="$4"
  (
    export LC_ALL=C.UTF-8 SQITCH_FULLNAME=vsv-regie SQITCH_EMAIL=vsv-regie@localhost PGHOST="$socket" PGPORT="$port"
    export PGUSER="vsv_${service}_owner" PGOPTIONS='-c client_min_messages=warning'
    cd "$PG_SOURCE_ROOT/services/$service/migrations" && sqitch deploy --verify "db:pg:$database" 2>&1 &&
      sqitch verify "db:pg:$database" 2>&1
  )
}

# pg_migrations_sum SERVICE: changes when any migration that the service deploys changes.
pg_migrations_sum() {
  (cd "$PG_SOURCE_ROOT" &&
    find "services/$1/migrations" libs/*/migrations deploy/postgres/roles.sql -type f 2>/dev/null |
    LC_ALL=C sort | xargs -r sha256sum | sha256sum | cut -c1-64)
}
