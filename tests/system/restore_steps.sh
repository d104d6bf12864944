#!/usr/bin/env bash
# What tests source that drive ./run backup and ./run restore on a real PostgreSQL, without servers, and that end with
# do_checks "$@". Every check begins with the same system: a cluster that runs, with one backup, and a row that is in it.
# shellcheck disable=SC2016,SC2034,SC2317 # scripts in quotes; what the sourced files read and call
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
steps="$PWD/tests/system/restore_steps.sh"
test="$PWD/tests/system/$(basename "$0")"

# As ./run is, but for the servers: `begins` in place of one, which a check may make do anything as it begins an epoch; and for
# what INSTEAD defines anew.
if [[ "${1:-}" == --as-run ]]; then
  VSV_ROOT="$PWD"
  set -e
  for part in say postgres home packages build cluster backup restore_archive restore_swap restore_report restore services commands; do
    # shellcheck source=/dev/null
    source "deploy/dev/lib/$part.sh"
  done
  VSV_SERVICES=(dossiers) VSV_AUDITED=(dossiers)
  VSV_BUILD_DIR="$VSV_HOME/build"
  up_services() { echo up >>"$VSV_HOME/served"; }
  make_certificates() { :; } && service_flags() { :; } && print_endpoints() { :; }
  cluster_migrate() {
    echo deployed >"$PG_PLACE/$1.migrations"
    [[ -z "$(cluster_psql -Atc "SELECT 1 FROM pg_database WHERE datname = 'dossiers'")" ]] || return 0
    cluster_psql -c 'ALTER SYSTEM SET fsync = off' -c 'CREATE DATABASE dossiers' || return
    cluster_psql -d dossiers -c 'CREATE TABLE written (what text)' -c 'CREATE TABLE feed_heads (position bigint)' \
      -c 'CREATE TABLE feed_outbox ()' \
      -c 'CREATE TABLE consents (region_id int, dossier_id int, id int, withdrawn_at timestamptz)'
  }
  eval "${INSTEAD:-}"
  set_ports && cluster_locate
  "${@:2}"
  exit
fi

unset "${!VSV_@}"
# In memory where there is room: it copies a cluster some eighty times, and what a disk does is not its question.
memory="$(df --output=avail -m /dev/shm 2>/dev/null | tail -n 1)"
if ((${memory:-0} > 2048)); then TMPDIR="${TMPDIR:-/dev/shm}"; fi
work="$(mktemp -d "${TMPDIR:-/tmp}/vsv-steps.XXXXXX")"
chmod 0755 "$work"
# A hundred ports that no other test draws: tests/system/CMakeLists.txt.
export VSV_HOME="$work/home" VSV_PORT_BASE=$((12600 + (BASHPID % 20) * 100))
backup="$VSV_HOME/backup/one" pg="$VSV_HOME/pg" failed=0

clean_up() { stop; rm -rf "$work"; }
trap clean_up EXIT

run() { bash "$steps" --as-run "$@"; }
up() { run bring_up; }
stop() { run pg_stop "$pg" immediate; }
sql() { run cluster_psql -d dossiers -Atc "$1"; }
write() { sql "INSERT INTO written VALUES ('$1')"; }
has() { [[ "$(sql 'SELECT string_agg(what, $$ $$ ORDER BY what) FROM written')" == "$*" ]]; }
now() { date -u +%FT%T.%6NZ; }
same_postmaster() { [[ "$(head -n 1 "$pg/data/postmaster.pid")" == "$postmaster" ]]; }
archives() { [[ "$(sql 'SHOW archive_command')" == *"$1"* ]]; }

fails_to_archive() { (($(sql 'SELECT failed_count FROM pg_stat_archiver') > 0)); }

# within_seconds N COMMAND...: until it succeeds.
within_seconds() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.05
  done
}

# present_segment: the one that is being written.
present_segment() { sql 'SELECT pg_walfile_name(pg_current_wal_lsn())'; }

# segment: ends the present one, waits until it is archived, and names it.
segment() {
  local name
  name="$(sql "SELECT pg_walfile_name(pg_switch_wal() - 1)")"
  within_seconds 20 test -f "$pg/archive/$name.gz" && printf '%s\n' "$pg/archive/$name.gz"
}

# kills FUNCTION COMMAND...: where it comes to that function, it is killed as by kill -9.
kills() { ! INSTEAD="$1() { kill -9 \$BASHPID; }" run "${@:2}"; }

# fails TEXT COMMAND...: it exits 1 and says this.
fails() {
  local text="$1" output status=0
  shift
  output="$("$@" 2>&1)" || status=$?
  printf '%s\n(exit %d)\n' "$output" "$status"
  ((status == 1)) && grep -qF -- "$text" <<<"$output"
}

# instead PROGRAM SCRIPT: stands before the one in PATH.
instead() {
  mkdir -p "$work/bin"
  printf '#!/bin/bash\n%s\nPATH="${PATH#*:}" exec %s "$@"\n' "$2" "$1" >"$work/bin/$1"
  chmod +x "$work/bin/$1"
}
with_it() { PATH="$work/bin:$PATH" "$@"; }

# begins SCRIPT: what the server does that begins an epoch.
begins() {
  mkdir -p "$VSV_HOME/build/bin"
  printf '#!/bin/bash\n%s\n' "$1" | tee "$VSV_HOME/build/bin/vsv-probe" >"$VSV_HOME/build/bin/vsv-dossiers"
  chmod +x "$VSV_HOME"/build/bin/*
}

# as_before: what was there runs on, with all that was in it.
as_before() {
  [[ ! -e "$pg/data.replaced" && ! -e "$pg/data.new" ]] && has "$@" && archives archive_wal.sh
}

make_system() {
  mkdir -p "$VSV_HOME"
  begins 'exit 0'
  up && write in-backup && run command_backup "$backup" && segment && stop && cp -a "$VSV_HOME" "$work/as-made"
}

begin_anew() {
  stop
  rm -rf "$VSV_HOME" "${work:?}"/{bin,disk,empty,moved}
  cp -a "$work/as-made" "$VSV_HOME" && up && postmaster="$(head -n 1 "$pg/data/postmaster.pid")"
}

# do_checks [CHECK...]: these, or all of the test, which are its functions.
do_checks() {
  local check began
  local -a checks=("$@")
  ((${#checks[@]})) || mapfile -t checks < <(sed -nE 's/^([a-z_]+)\(\) \{$/\1/p' "$test")
  make_system >"$work/out" 2>&1 || { cat "$work/out"; exit 1; }
  for check in "${checks[@]}"; do
    began=$SECONDS
    printf '[ RUN      ] %s\n' "$check"
    if begin_anew >"$work/out" 2>&1 && "$check" >>"$work/out" 2>&1; then
      printf '[       OK ] %s (%d s)\n' "$check" $((SECONDS - began))
    else
      printf '[  FAILED  ] %s\n' "$check"
      sed 's/^/        | /' "$work/out"
      failed=1
    fi
  done
  exit "$failed"
}
