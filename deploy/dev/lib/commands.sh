# shellcheck shell=bash
# up, down, status, logs, demo: what ./run does with a running system.

# parse_ports ARGUMENTS...: --port-base N and --<name>-port N become the variables that set_ports reads.
# What is left comes back in REST.
parse_ports() {
  REST=()
  while (($#)); do
    case "$1" in
      --port-base | --partners-port | --programs-port | --dossiers-port | --outcomes-port | --postgres-port | \
        --partners-metrics-port | --programs-metrics-port | --dossiers-metrics-port | --outcomes-metrics-port)
        (($# >= 2)) || die "$1 needs a port"
        local name="${1#--}"
        name="${name//-/_}"
        export "VSV_${name^^}=$2"
        shift 2
        ;;
      *)
        REST+=("$1")
        shift
        ;;
    esac
  done
}

no_more_arguments() {
  (($# == 0)) || die "unexpected argument '$1'" "see: ./run help"
}

# roll_back: takes away what this `up` started, and nothing else.
roll_back() {
  local service
  trap - EXIT INT TERM
  ((${#STARTED_SERVICES[@]})) || [[ "$STARTED_CLUSTER" == yes ]] || return 0
  echo "run: taking back what was started" >&2
  for service in "${STARTED_SERVICES[@]}"; do
    service_stop "$service"
  done
  [[ "$STARTED_CLUSTER" != yes ]] || pg_stop "$PG_PLACE" || true
  anything_runs || rm -f "$VSV_HOME/run/ports"
}

# up_services: partners first, because the others learn from it who may call; they then start together.
up_services() {
  local service
  local -a waiting=()
  for service in "${VSV_SERVICES[@]}"; do
    if service_is_outdated "$service"; then
      say "$service was built anew; restarting it"
      service_stop "$service"
    fi
    if ! service_pid "$service" >/dev/null; then
      need_free_port "${PORT[$service]}" "$service" "VSV_${service^^}_PORT" || return
      need_free_port "${METRICS_PORT[$service]}" "the metrics of $service" "VSV_${service^^}_METRICS_PORT" || return
      say "Starting $service on 127.0.0.1:${PORT[$service]}"
      STARTED_SERVICES+=("$service")
      service_start "$service" || return
    fi
    if [[ "$service" == partners ]]; then
      wait_healthy partners || return
    else
      waiting+=("$service")
    fi
  done
  wait_healthy "${waiting[@]}"
}

make_certificates() {
  local service
  "$VSV_ROOT/deploy/dev/pki.sh" init "$VSV_HOME/pki" || return
  for service in "${VSV_SERVICES[@]}"; do
    "$VSV_ROOT/deploy/dev/pki.sh" service "$VSV_HOME/pki" "$service" || return
  done
  "$VSV_ROOT/deploy/dev/pki.sh" organisation "$VSV_HOME/pki" "$VSV_REGISTER_KEEPER_OIN" "Registerhouder (development)"
}

# anything_runs: a server or the cluster of this VSV_HOME.
anything_runs() {
  local service
  for service in "${VSV_SERVICES[@]}"; do
    ! service_pid "$service" >/dev/null || return 0
  done
  pg_is_running "$PG_PLACE"
}

# choose_ports: what runs keeps its ports; asking for others while it runs is refused.
choose_ports() {
  local name asked
  set_ports
  anything_runs && [[ -f "$VSV_HOME/run/ports" ]] || return 0
  asked="${PORT[*]}"
  recall_ports
  [[ "$asked" == "${PORT[*]}" ]] && return 0
  # No port was named: keep the running ones.
  for name in BASE "${VSV_SERVICES[@]^^}" POSTGRES; do
    name="VSV_${name}_PORT"
    [[ -z "${!name:-}" && -z "${VSV_PORT_BASE:-}" ]] ||
      die "it runs already, on other ports (partners on ${PORT[partners]})" "first ./run down, then ./run up with the new ports"
  done
}

# bring_up: everything healthy, or nothing of this call left behind.
bring_up() {
  take_lock
  need_free_disk "$VSV_HOME" 1024
  make_home
  cluster_locate
  choose_ports
  refuse_half_restored
  STARTED_SERVICES=()
  STARTED_CLUSTER=no
  trap roll_back EXIT
  trap 'exit 130' INT TERM
  make_secrets
  make_certificates || die "the development certificates could not be made" "remove $VSV_HOME/pki to start anew"
  remember_ports
  cluster_up && cluster_archives && up_services || exit 1
  trap - EXIT INT TERM
}

command_up() {
  local build=yes
  parse_ports "$@"
  [[ "${REST[*]}" != --no-build ]] || { build=no; REST=(); }
  no_more_arguments "${REST[@]}"
  [[ "$build" == no ]] || build_everything
  bring_up
  say "All four servers report healthy."
  print_endpoints
}

print_endpoints() {
  local service
  for service in "${VSV_SERVICES[@]}"; do
    printf '  %-11s 127.0.0.1:%-6s metrics http://127.0.0.1:%s/metrics\n' "$service" "${PORT[$service]}" \
      "${METRICS_PORT[$service]}"
  done
  printf '  %-11s 127.0.0.1:%s\n' postgresql "${PORT[postgres]}"
  printf '  %-11s %s\n' certificates "$VSV_HOME/pki" logs "$VSV_HOME/log (./run logs SERVICE)"
}

# command_down [--wipe]: stops everything; --wipe also removes what this VSV_HOME holds.
command_down() {
  local wipe=no
  [[ "$*" != --wipe ]] || { wipe=yes; shift; }
  no_more_arguments "$@"
  take_lock
  recall_ports
  cluster_locate
  if anything_runs; then stop_everything; else say "Nothing runs."; fi
  if [[ "$wipe" == yes ]]; then
    rm -rf "$PG_PLACE" "$PG_SOCKET" "$VSV_HOME"/{pg,pki,secrets,erasures,run,log,audit}
    say "Removed the data, the certificates and the logs in $VSV_HOME."
  fi
}

stop_everything() {
  local service
  for service in outcomes dossiers programs partners; do
    service_pid "$service" >/dev/null || { rm -f "$VSV_HOME/run/$service.pid"; continue; }
    say "Stopping $service"
    service_stop "$service"
  done
  say "Stopping PostgreSQL"
  pg_stop "$PG_PLACE" || die "PostgreSQL did not stop" "see $PG_PLACE/postgresql.log"
  rm -f "$VSV_HOME/run/ports"
  say "Stopped. The data stays in $VSV_HOME; ./run up brings it back."
}

# command_status: a table; exit 0 only when everything serves.
command_status() {
  no_more_arguments "$@"
  local service pid state failed=0
  recall_ports
  cluster_locate
  printf '%-11s %-12s %-8s %-17s %s\n' SERVICE STATE PID ADDRESS METRICS
  for service in "${VSV_SERVICES[@]}"; do
    if pid="$(service_pid "$service")"; then
      state="$(service_health "$service")" || failed=1
      state="${state%% *}" state="${state:-UNKNOWN}"
    else
      pid=- state=STOPPED failed=1
    fi
    printf '%-11s %-12s %-8s %-17s %s\n' "$service" "$state" "$pid" "127.0.0.1:${PORT[$service]}" \
      "127.0.0.1:${METRICS_PORT[$service]}"
  done
  if pg_is_running "$PG_PLACE"; then
    pid="$(head -n 1 "$PG_PLACE/data/postmaster.pid")" state=RUNNING
  else
    pid=- state=STOPPED failed=1
  fi
  printf '%-11s %-12s %-8s %-17s %s\n' postgresql "$state" "$pid" "127.0.0.1:${PORT[postgres]}" -
  return "$failed"
}

command_logs() {
  local service="${1:-}" file
  shift || die "which service? one of: ${VSV_SERVICES[*]} postgresql"
  cluster_locate
  case " ${VSV_SERVICES[*]} " in
    *" $service "*) file="$VSV_HOME/log/$service.log" ;;
    *)
      [[ "$service" == postgres* ]] || die "there is no service '$service'" "one of: ${VSV_SERVICES[*]} postgresql"
      file="$PG_PLACE/postgresql.log"
      ;;
  esac
  [[ -f "$file" ]] || die "$service has no log yet" "it has not been started in $VSV_HOME: ./run up"
  if (($#)); then
    exec tail "$@" "$file"
  fi
  exec tail -n 100 "$file"
}

command_demo() {
  parse_ports "$@"
  no_more_arguments "${REST[@]}"
  build_everything
  bring_up
  local story status=0
  story="$(built vsv-story)"
  say "Walking the story"
  "$story" "--home=$VSV_HOME" "--source_dir=$VSV_ROOT" "--partners_port=${PORT[partners]}" \
    "--programs_port=${PORT[programs]}" "--dossiers_port=${PORT[dossiers]}" "--outcomes_port=${PORT[outcomes]}" \
    "--register_keeper_oin=$VSV_REGISTER_KEEPER_OIN" 9>&- || status=$?
  if ((status == 0)); then
    say "Every step held. The servers stay up:"
  else
    say "A step did not hold (exit $status). The servers stay up to look at:"
  fi
  print_endpoints
  printf '  look further: ./run status, ./run logs dossiers, %s --help\n' "${VSV_BUILD_DIR#"$VSV_ROOT"/}/bin/vsvctl"
  printf '  stop:         ./run down\n'
  return "$status"
}
