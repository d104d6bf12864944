# shellcheck shell=bash
# shellcheck disable=SC2034 # read by those who source this
# The system that ./run bench measures: its own cluster, servers and certificates below $VSV_HOME/bench/system, on its own
# ports, wiped when it is done. Sourced by deploy/dev/lib/bench.sh.

BENCH_DOSSIERS=10000 # of region 16; region 19 has ten times as many

# enter_bench_system: from here on, every function of ./run works on the system of the bench.
enter_bench_system() {
  local name
  for name in "${VSV_SERVICES[@]^^}" POSTGRES; do
    unset "VSV_${name}_PORT" "VSV_${name}_METRICS_PORT"
  done
  VSV_HOME="$VSV_HOME/bench/system"
  VSV_PORT_BASE="$BENCH_PORT_BASE"
  mkdir -p "$VSV_HOME"
  recall_ports
  cluster_locate
  wipe_bench_system
  mkdir -p "$VSV_HOME"
  set_ports
  ECHO_ADDRESS="127.0.0.1:$((BENCH_PORT_BASE + 21))"
  NODE_ADDRESS="127.0.0.1:$((BENCH_PORT_BASE + 22))"
  BENCH_FILES="$VSV_ROOT/tests/load"
}

# wipe_bench_system: also what a run left that was killed.
wipe_bench_system() {
  trap - EXIT INT TERM
  stop_reference node
  stop_reference echo
  stop_everything >/dev/null 2>&1 || true
  rm -rf "$PG_PLACE" "$PG_SOCKET" "$VSV_HOME"
}

# certificate ORGANISATION: path of its certificate and key, without suffix.
certificate() {
  local -a found=("$VSV_HOME/pki/organisations/"*"-$1.crt")
  printf '%s\n' "${found[0]%.crt}"
}

vsvctl() {
  "$VSV_BUILD_DIR/bin/vsvctl" "$@" "--home=$VSV_HOME" "--partners_address=127.0.0.1:${PORT[partners]}" \
    "--programs_address=127.0.0.1:${PORT[programs]}" "--dossiers_address=127.0.0.1:${PORT[dossiers]}"
}

# owner_psql SERVICE ARGUMENTS...: as the owner of its database.
owner_psql() {
  PGPASSFILE="$VSV_HOME/secrets/vsv_$1_owner.pgpass" PGOPTIONS='-c client_min_messages=warning' \
    psql -X -q -v ON_ERROR_STOP=1 -h "$PG_SOCKET" -p "${PORT[postgres]}" -U "vsv_$1_owner" -d "$1" "${@:2}"
}

# seed_dossiers REGION FROM TO SCHOOL OFFICE RESIDENCE
seed_dossiers() {
  "$(built vsv-bench-pupils)" "--pupil_key_file=$VSV_HOME/secrets/dossiers.pupil_key" "--region=$1" "--from=$2" "--to=$3" |
    owner_psql dossiers -v "region=$1" -v "school=$4" -v "office=$5" -v "residence=$6" -f "$BENCH_FILES/sql/seed_dossiers.sql"
}

# fill_bench_system: the register of the sample data, those who call, and dossiers.
fill_bench_system() {
  local log="$VSV_HOME/log/fill.log"
  {
    vsvctl apply -f data/sample/partners.json "--as=$VSV_REGISTER_KEEPER_OIN" --purpose=registry &&
      (command_cert --oin 00000099000000307000 --organisation doorstroompunt-eem --purpose rmc) &&
      (command_cert --oin 0000000700099AA00000 --organisation vmbo-de-eemhoek --purpose transition) &&
      seed_dossiers 16 1 "$BENCH_DOSSIERS" vmbo-de-eemhoek doorstroompunt-eem GM0307
  } >"$log" 2>&1 || die "the system of the bench could not be filled" "$(tail -n 3 "$log")"
  settle
}

# settle: nothing left to vacuum and to write when a round begins.
settle() {
  local service
  for service in partners programs dossiers; do
    cluster_psql -d "$service" -c 'VACUUM (ANALYZE)'
  done
  cluster_psql -c CHECKPOINT
}

# start_reference echo|node COMMAND...: in the background; REFERENCE_PID tells who answers.
declare -A REFERENCE_PID=()
start_reference() {
  local name="$1" log="$VSV_HOME/log/$1.log" address="$2"
  shift 2
  need_free_port "${address#*:}" "the reference $name" VSV_BENCH_PORT_BASE || return
  "$@" </dev/null >"$log" 2>&1 9>&- &
  REFERENCE_PID[$name]=$!
  for _ in {1..100}; do
    ! (exec 3<>"/dev/tcp/${address%:*}/${address#*:}") 2>/dev/null || return 0
    kill -0 "${REFERENCE_PID[$name]}" 2>/dev/null || break
    sleep 0.1
  done
  echo "run: the reference $name did not start: $(tail -n 3 "$log")" >&2
  return 1
}

stop_reference() {
  local pid="${REFERENCE_PID[$1]:-}"
  [[ -n "$pid" ]] || return 0
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  unset "REFERENCE_PID[$1]"
}

start_echo() {
  start_reference echo "$ECHO_ADDRESS" "$(built vsv-echo)" "--listen_address=$ECHO_ADDRESS" \
    "--certificate=$VSV_HOME/pki/services/partners" "--tls_ca=$VSV_HOME/pki/ca.crt" "--reply_bytes=$1"
}

# start_node: with as many connections per role as make it fastest here (4, 8, 16 and 32 were tried).
start_node() {
  local passwords="$VSV_HOME/secrets/node.pgpass" url="127.0.0.1:${PORT[postgres]}"
  (umask 077 && cat "$VSV_HOME"/secrets/vsv_{dossiers,partners}_app.pgpass >"$passwords")
  PGPASSFILE="$passwords" start_reference node "$NODE_ADDRESS" node --no-deprecation "$BENCH_FILES/node_reference/server.mjs" \
    "--listen=$NODE_ADDRESS" "--source=$VSV_ROOT" "--certificate=$VSV_HOME/pki/services/dossiers" "--ca=$VSV_HOME/pki/ca.crt" \
    "--dossiers_url=postgresql://vsv_dossiers_app@$url/dossiers" "--partners_url=postgresql://vsv_partners_app@$url/partners" \
    --connections=16
}

# install_node_reference: its packages are the bench's alone.
install_node_reference() {
  local place="$VSV_ROOT/tests/load/node_reference" sum
  sum="$(sha256sum <"$place/package-lock.json")"
  [[ "$(cat "$place/node_modules/.vsv-lock" 2>/dev/null)" != "$sum" ]] || return 0
  run_logged "Installing grpc-js and pg (npm ci)" "$VSV_ROOT/build/log/npm-bench.log" \
    npm --prefix "$place" ci --ignore-scripts --no-audit --no-fund --no-progress || die "npm ci failed" "is the npm registry reachable?"
  printf '%s\n' "$sum" >"$place/node_modules/.vsv-lock"
}
