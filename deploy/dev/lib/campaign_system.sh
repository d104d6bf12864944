# shellcheck shell=bash
# The system that a campaign attacks: PostgreSQL and the four servers in CAMPAIGN_DIR/system, on ports of its own, with
# durable commits as in production; and the clients whose histories are judged.

# shellcheck source=deploy/dev/lib/campaign_history.sh
source "$VSV_ROOT/deploy/dev/lib/campaign_history.sh"

# system_programs: builds what a campaign starts, unless the programs are to be taken as they are.
system_programs() {
  campaign_builds || return 0
  install_packages build run cert
  install_node_packages
  build_preset release "$VSV_BUILD_DIR" partners_server programs_server dossiers_server outcomes_server \
    vsv_probe vsv_sync vsv_campaign vsv_check_history vsv_overload vsvctl audit_verify || die "the build failed"
}

# system_ports: a hundred that no test draws (tests/system/CMakeLists.txt), unless they are given.
system_ports() { VSV_PORT_BASE="${VSV_PORT_BASE:-$((16600 + (BASHPID % 34) * 100))}"; }

# system_begin: builds what is needed, starts the system and loads the register.
system_begin() {
  system_programs
  local name
  for name in "${!VSV_@}"; do
    [[ "$name" != VSV_*_PORT ]] || unset "$name"
  done
  system_ports
  VSV_HOME="$CAMPAIGN_DIR/system"
  mkdir -p "$VSV_HOME"
  bring_up
  campaign_trap
  campaign_client prepare >"$CAMPAIGN_DIR/prepare.log" 2>&1 || {
    tail -n 5 "$CAMPAIGN_DIR/prepare.log" >&2
    die "the register could not be loaded"
  }
}

# system_begin_apart: likewise, on half of the processors; CLIENT_PROCESSORS are the others. In earnest clients are other
# machines, and hold up nobody by asking.
system_begin_apart() {
  local -a processors
  mapfile -t processors < <(own_processors)
  ((${#processors[@]} >= 2)) || die "this takes two processors: one for the clients and one for the servers"
  # shellcheck disable=SC2034 # the campaigns read it
  CLIENT_PROCESSORS="$(IFS=,; echo "${processors[*]:${#processors[@]} / 2}")"
  system_programs # on all processors
  taskset -pc "$(IFS=,; echo "${processors[*]:0:${#processors[@]} / 2}")" "$BASHPID" >/dev/null
  system_begin
}

# own_processors: those this process may run on, a line each.
own_processors() {
  local range
  for range in $(sed -n 's/^Cpus_allowed_list:\s*//p' /proc/self/status | tr , ' '); do
    seq "${range%-*}" "${range#*-}"
  done
}

# system_end: stops what runs; the logs stay.
system_end() {
  local pid service
  # Clients and proxies that were begun in the background.
  for pid in $(jobs -pr); do
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  # system_begin may have been cut off before it had a home of its own.
  [[ "$VSV_HOME" == "$CAMPAIGN_DIR/system" && -d "$VSV_HOME/pg" ]] || return 0
  for service in "${VSV_SERVICES[@]}"; do
    ! pid="$(service_pid "$service")" || kill -CONT "$pid"
  done
  stop_everything >/dev/null
  mkdir -p "$CAMPAIGN_DIR/log"
  cat "$PG_PLACE/postgresql.log" >>"$CAMPAIGN_DIR/log/postgresql.log"
  for service in "${VSV_SERVICES[@]}"; do
    cat "$VSV_HOME/log/$service.log" >>"$CAMPAIGN_DIR/log/$service.log"
  done
  ! mountpoint -q "$PG_PLACE" || umount "$PG_PLACE"
  rm -rf "$PG_PLACE" "$PG_SOCKET" "$VSV_HOME"
}

# reach NAME: the address by which clients reach a server; a fault proxy may be in between.
reach() { printf '127.0.0.1:%s\n' "${VIA[client-$1]:-${PORT[$1]}}"; }

# campaign_client COMMAND FLAGS...: in the background as exec_client, so that $! is the client itself.
campaign_client() { (exec_client "$@"); }

exec_client() {
  exec "$VSV_BUILD_DIR/bin/vsv-campaign" "$@" "--home=$VSV_HOME" "--source_dir=$VSV_ROOT" \
    "--register_keeper_oin=$VSV_REGISTER_KEEPER_OIN" "--partners_address=$(reach partners)" \
    "--dossiers_address=$(reach dossiers)" 9>&-
}

# service_revive SERVICE...: started again and healthy; one that ended because its database was away is started again, as
# a supervisor does.
service_revive() {
  local service deadline=$((SECONDS + 60)) serving
  while ((SECONDS < deadline)); do
    serving=yes
    for service in "$@"; do
      service_pid "$service" >/dev/null || service_start "$service"
      service_health "$service" >/dev/null || serving=no
    done
    [[ "$serving" == no ]] || return 0
    sleep 0.1
  done
  echo "run: not serving again within a minute: $*" >&2
  return 1
}

# service_kill SERVICE: kill -9.
service_kill() {
  local pid
  pid="$(service_pid "$1")" || return 0
  kill -KILL "$pid"
  while service_pid "$1" >/dev/null; do sleep 0.02; done
}

# database SERVICE SQL: rows with tabs between the cells.
database() { database_script "$1" <<<"$2"; }

# database_script SERVICE: likewise, for the script on standard input.
database_script() {
  PGPASSFILE="$VSV_HOME/secrets/postgres.pgpass" psql -X -q -A -t -F $'\t' -v ON_ERROR_STOP=1 -h "$PG_SOCKET" \
    -p "${PORT[postgres]}" -U postgres -d "$1" -f -
}

# Sync clients: a name is the organisation, a dot and a number.
SYNC_CLIENTS=(gemeente-amersfoort.1 gemeente-amersfoort.2 gemeente-utrecht.1 gemeente-utrecht.2)
declare -gA SYNC_PID # this file may be read within a function

# sync_start NAME ROUND-DIR [FLAG...]: goes on where the last one of that name was.
sync_start() {
  local name="$1" dir="$2" certificate
  shift 2
  certificate="$(sed -n "s/^${name%.*} //p" "$CAMPAIGN_DIR/prepare.log")"
  "$VSV_BUILD_DIR/bin/vsv-sync" "--dossiers_address=$(reach dossiers)" "--tls_certificate=$certificate.crt" \
    "--tls_key=$certificate.key" "--tls_ca=$VSV_HOME/pki/ca.crt" --regions=16,19 --purpose=rmc \
    "--state=$CAMPAIGN_DIR/$name" "$@" >>"$dir/sync.log" 2>&1 9>&- &
  SYNC_PID[$name]=$!
}

# sync_kill NAME: kill -9.
sync_kill() {
  kill -KILL "${SYNC_PID[$1]}" 2>/dev/null || true
  wait "${SYNC_PID[$1]}" 2>/dev/null || true
}

# Imports, each with the school that sends it. One that is killed goes on where its journal ends.
IMPORTS=(vmbo-de-eemhoek college-de-vecht)
IMPORT_ROWS=400
declare -ga IMPORT_PID

# import_start NUMBER ROUND ROUND-DIR
import_start() {
  exec_client import "--history=$3" "--round=$2" "--import=$1" "--import_rows=$IMPORT_ROWS" \
    "--certificate=$(sed -n "s/^${IMPORTS[$1]} //p" "$CAMPAIGN_DIR/prepare.log")" >>"$3/imports.log" 2>&1 &
  IMPORT_PID[$1]=$!
}

# import_kill NUMBER: kill -9.
import_kill() {
  kill -KILL "${IMPORT_PID[$1]}" 2>/dev/null || true
  wait "${IMPORT_PID[$1]}" 2>/dev/null || true
}

# clients_begin ROUND ROUND-DIR: 16 writing clients, two that have dossiers erased, two that read, two imports and four that
# sync.
clients_begin() {
  local name number
  history_begin "$2" || return
  exec_client write "--history=$2" "--round=$1" >"$2/writers.log" 2>&1 &
  WRITERS=$!
  for number in "${!IMPORTS[@]}"; do import_start "$number" "$1" "$2"; done
  for name in "${SYNC_CLIENTS[@]}"; do sync_start "$name" "$2"; done
  await_writing "$1" "$2"
}

# await_writing ROUND ROUND-DIR: until both services hold something of this round and something was erased: before that
# there is nothing to strike.
await_writing() {
  local deadline=$((SECONDS + 60)) before erasures
  before="$(wc -l <"$2/before.txt")" erasures="$(cat "$2/registered.before")"
  until [[ -n "$(database partners "SELECT 1 FROM organisations WHERE id LIKE 'r$1-%' LIMIT 1")" ]] &&
    (($(database partners "SELECT count(*) FROM organisations") + $(database dossiers "SELECT count(*) FROM dossiers") >= before + 40)) &&
    (($(erasures_registered) > erasures)); do
    ((SECONDS < deadline)) || { echo "  the clients do not write:"; tail -n 1 "$2/writers.log"; return 1; }
    sleep 0.1
  done
}

# clients_end ROUND-DIR: every write gets its answer, the sync clients catch up, and all that was seen becomes the history.
clients_end() {
  local dir="$1" name number pid until_now
  : >"$dir/finish"
  kill -TERM "$WRITERS" 2>/dev/null || true
  wait "$WRITERS" || { echo "  the writing clients failed:"; tail -n 3 "$dir/writers.log"; return 1; }
  for pid in "${IMPORT_PID[@]}"; do
    wait "$pid" || { echo "  an import failed:"; tail -n 3 "$dir/imports.log"; return 1; }
  done
  await_published
  for name in "${SYNC_CLIENTS[@]}"; do sync_kill "$name"; done
  until_now="$(date -u -d '+1 second' +%Y-%m-%dT%H:%M:%SZ)"
  for name in "${SYNC_CLIENTS[@]}"; do sync_start "$name" "$dir" "--until=$until_now"; done
  for name in "${SYNC_CLIENTS[@]}"; do
    # One that cannot catch up shows in what it holds.
    timeout 60 tail --pid="${SYNC_PID[$name]}" -f /dev/null || echo "  sync client $name did not catch up"
    sync_kill "$name"
    campaign_client compare "--history=$dir" "--state=$CAMPAIGN_DIR/$name" "--subscriber=${name%.*}" \
      >>"$dir/sync.log" 2>&1 || { tail -n 2 "$dir/sync.log"; return 1; }
  done
  collect "$dir"
}

# random_pause: 200 to 900 ms, so that strikes come anywhere.
random_pause() { sleep "0.$((200 + RANDOM % 700))"; }
