# shellcheck shell=bash
# shellcheck disable=SC2034 # read by those who source this
# The system that ./run bench measures: its own cluster, servers and certificates below $VSV_HOME/bench/system, on its own
# ports, wiped when it is done. Sourced by deploy/dev/lib/bench.sh.

BENCH_DOSSIERS=10000 # of region 16

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

# seed_dossiers REGION FROM TO SCHOOL OFFICE RESIDENCES: the last as '{GM0307}'.
seed_dossiers() {
  "$(built vsv-bench-pupils)" "--pupil_key_file=$VSV_HOME/secrets/dossiers.pupil_key" "--region=$1" "--from=$2" "--to=$3" |
    owner_psql dossiers -v "region=$1" -v "school=$4" -v "office=$5" -v "residences=$6" -f "$BENCH_FILES/sql/seed_dossiers.sql"
}

# fill_bench_system: the register of the sample data, those who call, and dossiers.
fill_bench_system() {
  local log="$VSV_HOME/log/fill.log"
  {
    vsvctl apply -f data/sample/partners.json "--as=$VSV_REGISTER_KEEPER_OIN" --purpose=registry &&
      enter doorstroompunt-eem 00000099000000307000 rmc &&
      enter vmbo-de-eemhoek 0000000700099AA00000 transition &&
      seed_dossiers 16 1 "$BENCH_DOSSIERS" vmbo-de-eemhoek doorstroompunt-eem '{GM0307}'
  } >"$log" 2>&1 || die "the system of the bench could not be filled" "$(tail -n 3 "$log")"
  settle
}

# enter ORGANISATION OIN PURPOSE: a certificate that is registered.
enter() {
  "$VSV_ROOT/deploy/dev/pki.sh" organisation "$VSV_HOME/pki" "$2" "$1" "$1" &&
    register_credential "$2" "$1" "$VSV_HOME/pki/organisations/$2-$1.crt" "$3"
}

# apply_requests AS PURPOSE: objects of {"method", "request"}, one a line on standard input.
apply_requests() {
  sed '1s/^/[/; $!s/$/,/; $s/$/]/' >"$VSV_HOME/requests.json"
  vsvctl apply -f "$VSV_HOME/requests.json" "--as=$1" "--purpose=$2"
}

# make_lines: the same programme line in both regions; what differs is how many dossiers its counters have seen.
make_lines() {
  local region municipality oin
  while read -r region municipality oin; do
    enter "$municipality" "$oin" programme_management || return
    apply_requests "$oin-$municipality" programme_management <<JSON || return
{"method": "CreateProgram", "request": {"parent": "regions/$region", "programId": "bench", "program": {"title": "Bench", "startDate": {"year": 2021, "month": 1, "day": 1}, "endDate": {"year": 2028, "month": 12, "day": 31}, "contactMunicipality": "organisations/$municipality", "leadOrganisation": "organisations/$municipality", "municipalManager": "organisations/$municipality", "schoolManager": "organisations/roc-midden-nederland", "steeringGroup": ["organisations/$municipality"]}}}
{"method": "CreateLine", "request": {"parent": "regions/$region/programs/bench", "lineId": "1", "line": {"code": "1", "title": "Overstap vo-mbo", "leadOrganisation": "organisations/roc-midden-nederland", "processes": ["PROCESS_TRANSITION"]}}}
JSON
  done <<'LINES'
16 gemeente-amersfoort 00000099000000307000
19 gemeente-utrecht 00000099000000344000
LINES
}

# seed_counts REGION DOSSIERS
seed_counts() { owner_psql programs -v "region=$1" -v "dossiers=$2" -f "$BENCH_FILES/sql/seed_counts.sql"; }

# make_subscribers N: municipalities of region 16, party to an agreement of their own, each with dossiers that no other one sees.
make_subscribers() {
  local n id parties="" residences=""
  {
    for ((n = 1; n <= $1; n++)); do
      printf -v id 'gemeente-bench-%03d' "$n"
      printf '{"method": "CreateOrganisation", "request": {"organisationId": "%s", "organisation": {"displayName": "%s", "kind": "ORGANISATION_KIND_MUNICIPALITY", "identifiers": [{"scheme": "IDENTIFIER_SCHEME_OIN", "value": "0000009900000%04d000"}, {"scheme": "IDENTIFIER_SCHEME_MUNICIPALITY_CODE", "value": "GM%04d"}]}}}\n' \
        "$id" "$id" $((9000 + n)) $((9000 + n))
      printf '{"method": "CreateRegionMembership", "request": {"parent": "regions/16", "membership": {"organisation": "organisations/%s", "validity": {"startDate": {"year": 2021, "month": 1, "day": 1}}}}}\n' "$id"
      parties+=", {\"organisation\": \"organisations/$id\", \"direction\": \"PARTY_DIRECTION_RECEIVES\", \"purposes\": [\"PURPOSE_RMC\"], \"dataCategories\": [\"DATA_CATEGORY_PROCESS\"]}"
    done
    printf '{"method": "CreateAgreement", "request": {"agreementId": "convenant-bench", "agreement": {"title": "Bench", "region": "regions/16", "purposes": ["PURPOSE_TRANSITION", "PURPOSE_RMC"], "dataCategories": ["DATA_CATEGORY_PROCESS"], "controller": "organisations/bestuur-eemland", "legalBasis": "LEGAL_BASIS_LEGAL_OBLIGATION", "legalBasisCitation": "WEB art. 8.3.2", "validity": {"startDate": {"year": 2021, "month": 1, "day": 1}, "endDate": {"year": 2028, "month": 12, "day": 31}}, "parties": [{"organisation": "organisations/bestuur-eemland", "direction": "PARTY_DIRECTION_BOTH", "purposes": ["PURPOSE_TRANSITION"], "dataCategories": ["DATA_CATEGORY_PROCESS"]}%s]}}}\n' "$parties"
    printf '{"method": "SignAgreement", "request": {"name": "agreements/convenant-bench", "signingDate": {"year": 2021, "month": 1, "day": 15}, "etag": "dgAAAAAAAAAB"}}\n'
  } | apply_requests "$VSV_REGISTER_KEEPER_OIN" registry || return
  for ((n = 1; n <= $1; n++)); do
    printf -v id 'gemeente-bench-%03d' "$n"
    enter "$id" "0000009900000$((9000 + n))000" rmc || return
    residences+=",GM$((9000 + n))"
  done
  seed_dossiers 16 $((BENCH_DOSSIERS + 1)) $((BENCH_DOSSIERS + 20 * $1)) vmbo-de-eemhoek doorstroompunt-eem "{${residences#,}}"
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
  local name="$1" log="$VSV_HOME/log/$1.log" address="$2" deadline=$((SECONDS + 10))
  shift 2
  need_free_port "${address#*:}" "the reference $name" VSV_BENCH_PORT_BASE || return
  "$@" </dev/null >"$log" 2>&1 8>&- 9>&- &
  REFERENCE_PID[$name]=$!
  # As often as a server of ours is asked: a cold start is told by it.
  while kill -0 "${REFERENCE_PID[$name]}" 2>/dev/null && ((SECONDS < deadline)); do
    ! (exec 3<>"/dev/tcp/${address%:*}/${address#*:}") 2>/dev/null || return 0
    sleep 0.005
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

# start_node: 16 connections per role, twice those that the service has for its calls.
start_node() {
  local passwords="$VSV_HOME/secrets/node.pgpass" url="127.0.0.1:${PORT[postgres]}"
  (umask 077 && cat "$VSV_HOME"/secrets/vsv_{dossiers,partners}_app.pgpass >"$passwords")
  PGPASSFILE="$passwords" start_reference node "$NODE_ADDRESS" node --no-deprecation "$BENCH_FILES/node_reference/server.mjs" \
    "--listen=$NODE_ADDRESS" "--source=$VSV_ROOT" "--statements=$VSV_HOME" "--certificate=$VSV_HOME/pki/services/dossiers" "--ca=$VSV_HOME/pki/ca.crt" \
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
