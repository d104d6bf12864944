#!/usr/bin/env bash
# ./run up, status, cert and down, and what they do when something is in the way. Needs the built servers; uses a
# VSV_HOME and ports of its own, so it runs beside a development system. Every check is a sentence.
# shellcheck disable=SC2317 # the checks are called by name
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1

build="${VSV_BUILD_DIR:-$PWD/build/release}"
unset "${!VSV_@}" # whatever the caller's shell has set must not decide what is tested
work="$(mktemp -d "${TMPDIR:-/tmp}/vsv-system.XXXXXX")"
chmod 0755 "$work"
# A hundred ports that no other test draws: tests/system/CMakeLists.txt.
base=$((14600 + (BASHPID % 20) * 100))
export VSV_BUILD_DIR="$build" VSV_HOME="$work/home" VSV_PORT_BASE="$base"
failed=0

clean_up() {
  [[ -z "${stranger:-}" ]] || kill "$stranger" 2>/dev/null
  ./run down --wipe >/dev/null 2>&1
  rm -rf "$work"
}
trap clean_up EXIT

# check SENTENCE COMMAND...: the command's output is shown only when it fails.
check() {
  local sentence="$1" began=$SECONDS
  shift
  if "$@" >"$work/out" 2>&1; then
    printf 'ok      %s (%d s)\n' "$sentence" $((SECONDS - began))
  else
    printf 'FAILED  %s\n' "$sentence"
    sed 's/^/        | /' "$work/out"
    failed=1
  fi
}

up() { ./run up --no-build; }
pids() { cut -d' ' -f1 "$VSV_HOME"/run/*.pid; }
pid_of() { cut -d' ' -f1 "$VSV_HOME/run/$1.pid"; }

# refuses EXIT-CODE TEXT COMMAND...: the command ends with this code and says this.
refuses() {
  local code="$1" text="$2" output status=0
  shift 2
  output="$("$@" 2>&1)" || status=$?
  printf '%s\n(exit %d)\n' "$output" "$status"
  ((status == code)) && grep -qF -- "$text" <<<"$output"
}

nothing_runs() {
  ! pgrep -f -- "$VSV_HOME" -a
}

stays_out_when_a_port_is_in_use() {
  perl -MIO::Socket::INET -e '
    $s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => $ARGV[0], Listen => 1, ReuseAddr => 1) or die;
    sleep 120' $((base + 3)) &
  stranger=$!
  sleep 0.5
  refuses 1 "port $((base + 3)) of dossiers is in use" up && nothing_runs
  local status=$?
  kill "$stranger"
  wait "$stranger" 2>/dev/null
  stranger=""
  return "$status"
}

takes_back_what_it_started_when_a_server_refuses() {
  VSV_WORKER_THREADS=0 refuses 1 "partners ended while starting" up && nothing_runs
}

says_when_the_disk_is_full() {
  mkdir -p "$work/fake"
  printf '#!/bin/sh\necho Avail\necho 100M\n' >"$work/fake/df"
  chmod +x "$work/fake/df"
  PATH="$work/fake:$PATH" refuses 1 "nearly full" up && rm "$work/fake/df"
}

prints_one_apt_line_without_root() {
  mkdir -p "$work/unprivileged"
  printf '#!/bin/sh\n[ "$*" = -u ] && echo 1000\n' >"$work/unprivileged/id"
  printf '#!/bin/sh\nexit 1\n' | tee "$work/unprivileged/sudo" >"$work/unprivileged/dpkg-query"
  chmod +x "$work"/unprivileged/*
  local output status=0
  output="$(PATH="$work/unprivileged:$PATH" ./run up </dev/null 2>/dev/null)" || status=$?
  echo "$output"
  ((status == 2)) && [[ "$(wc -l <<<"$output")" == 1 ]] &&
    [[ "$output" == "apt-get update && apt-get install -y --no-install-recommends "*postgresql-15* ]]
}

starts_everything() {
  up && ./run status && [[ "$(pids | wc -l)" == 4 ]]
}

keeps_its_processes_when_asked_again() {
  local before
  before="$(pids)"
  up && [[ "$(pids)" == "$before" ]]
}

refuses_other_ports_while_running() {
  refuses 1 "runs already, on other ports" ./run up --no-build --port-base $((base + 20000))
}

waits_for_nobody_who_holds_the_lock() {
  exec 8>"$VSV_HOME/lock"
  flock 8
  refuses 1 "another ./run works in" ./run down
  local status=$?
  exec 8>&-
  return "$status"
}

brings_back_a_killed_server() {
  local partners
  partners="$(pid_of partners)"
  kill -9 "$(pid_of outcomes)"
  ! ./run status && up && ./run status && [[ "$(pid_of partners)" == "$partners" ]]
}

brings_back_a_killed_postgresql() {
  kill -9 "$(./run status | awk '$1 == "postgresql" { print $3 }')"
  sleep 1
  ! ./run status && up && ./run status
}

never_touches_a_stranger_behind_a_stale_pid_file() {
  sleep 300 &
  stranger=$!
  kill -9 "$(pid_of programs)"
  printf '%s 1\n' "$stranger" >"$VSV_HOME/run/programs.pid"
  ./run down && kill -0 "$stranger" && nothing_runs
}

makes_a_certificate_with_the_oin_as_serial_number() {
  ./run cert --oin 00000099000000002000 --name 'Gemeente Amersfoort / RMC' &&
    openssl x509 -in "$VSV_HOME/pki/organisations/00000099000000002000.crt" -noout -subject |
    grep -F 'serialNumber = 00000099000000002000'
}

keeps_secrets_to_itself() {
  [[ -z "$(find "$VSV_HOME/secrets" "$VSV_HOME/pki" \( -name '*.key' -o -path '*/secrets/*' \) -type f -perm /077)" ]] &&
    ! grep -rqF "$(cat "$VSV_HOME/secrets/vsv_dossiers_app.password")" "$VSV_HOME/log"
}

check "up stays out when a port is in use, and leaves nothing half-started" stays_out_when_a_port_is_in_use
check "up takes back what it started when a server refuses to start" takes_back_what_it_started_when_a_server_refuses
check "up says when the disk is full" says_when_the_disk_is_full
check "up prints the one apt line and exits 2 without root and sudo" prints_one_apt_line_without_root
check "up starts PostgreSQL and four servers, and status agrees" starts_everything
check "a second up changes nothing" keeps_its_processes_when_asked_again
check "up refuses other ports while it runs" refuses_other_ports_while_running
check "a lock that is held is said, not waited for" waits_for_nobody_who_holds_the_lock
check "up brings back a server that was killed and leaves the others alone" brings_back_a_killed_server
check "up brings back PostgreSQL after kill -9" brings_back_a_killed_postgresql
check "cert makes a certificate whose serial number is the OIN" makes_a_certificate_with_the_oin_as_serial_number
check "keys and passwords are closed to others and in no log" keeps_secrets_to_itself
check "down never touches a stranger behind a stale pid file" never_touches_a_stranger_behind_a_stale_pid_file
check "a second down has nothing to do" ./run down
check "after down the data is still there" starts_everything
check "down --wipe leaves nothing" ./run down --wipe
check "and really nothing" nothing_runs
exit "$failed"
