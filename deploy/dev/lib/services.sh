# shellcheck shell=bash
# The four servers as background processes: start, watch until healthy, stop. A process is known by its pid and the time
# it began, so that a stale pid file never makes us touch a stranger.

# process_began PID: the start time of a process in clock ticks since boot; fails when it is gone or a zombie.
process_began() {
  local stat
  stat="$(cat "/proc/$1/stat" 2>/dev/null)" || return 1
  stat="${stat##*) }"
  local -a field
  read -ra field <<<"$stat"
  [[ "${field[0]}" != Z && "${field[0]}" != X ]] && printf '%s\n' "${field[19]}"
}

# service_pid SERVICE: the pid when the server that we started still lives.
service_pid() {
  local pid began
  read -r pid began 2>/dev/null <"$VSV_HOME/run/$1.pid" || return 1
  [[ "$(process_began "$pid")" == "$began" ]] && printf '%s\n' "$pid"
}

# need_free_port PORT WHAT VARIABLE: dies with the remedy when something listens there already.
need_free_port() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null || return 0
  local holder=""
  ! command -v ss >/dev/null || holder="$(ss -Hltnp "sport = :$1" 2>/dev/null | grep -oE '"[^"]+",pid=[0-9]+' | head -n 1)"
  printf 'run: port %s of %s is in use%s\n' "$1" "$2" "${holder:+ by $holder}" >&2
  printf '     stop what listens there, or choose other ports: %s=<port>, or VSV_PORT_BASE=8400 for all of them\n' "$3" >&2
  return 1
}

# service_health SERVICE: SERVING, NOT_SERVING or UNREACHABLE <reason>, asked over mutual TLS as the register keeper.
service_health() {
  "$VSV_BUILD_DIR/bin/vsv-probe" --address="127.0.0.1:${PORT[$1]}" --tls_ca="$VSV_HOME/pki/ca.crt" \
    --tls_certificate="$VSV_HOME/pki/organisations/$VSV_REGISTER_KEEPER_OIN.crt" \
    --tls_key="$VSV_HOME/pki/organisations/$VSV_REGISTER_KEEPER_OIN.key" 2>/dev/null
}

# database_url SERVICE ROLE: without the password, which libpq reads from the password file.
database_url() {
  local passfile="$VSV_HOME/secrets/vsv_$1_$2.pgpass"
  passfile="${passfile//%/%25}"
  printf 'postgresql://vsv_%s_%s@127.0.0.1:%s/%s?passfile=%s&application_name=vsv-%s\n' \
    "$1" "$2" "${VIA[service-postgres]:-${PORT[postgres]}}" "$1" "${passfile// /%20}" "$1"
}

# service_flags SERVICE: one flag a line. Every server takes the flags of all; only their values differ.
service_flags() {
  local service="$1"
  cat <<FLAGS
--listen_address=127.0.0.1:${PORT[$service]}
--metrics_address=127.0.0.1:${METRICS_PORT[$service]}
--database_url=$(database_url "$service" app)
--worker_database_url=$(database_url "$service" worker)
--tls_certificate=$VSV_HOME/pki/services/$service.crt
--tls_key=$VSV_HOME/pki/services/$service.key
--tls_ca=$VSV_HOME/pki/ca.crt
--cursor_key_file=$VSV_HOME/secrets/$service.cursor_key
--register_keeper_oin=$VSV_REGISTER_KEEPER_OIN
FLAGS
  [[ " ${VSV_AUDITED[*]} " != *" $service "* ]] ||
    printf '%s\n' "--audit_key_file=$VSV_HOME/secrets/$service.audit_key" "--audit_checkpoints=$VSV_HOME/audit"
  # Only the addresses of those it calls: partners is called by all, dossiers and outcomes by programs, and so on.
  case "$service" in
    partners) ;;
    programs) printf '%s\n' "--partners_address=127.0.0.1:${VIA[service-partners]:-${PORT[partners]}}" \
      "--dossiers_address=127.0.0.1:${PORT[dossiers]}" "--outcomes_address=127.0.0.1:${PORT[outcomes]}" ;;
    dossiers) printf '%s\n' "--partners_address=127.0.0.1:${VIA[service-partners]:-${PORT[partners]}}" \
      "--pupil_key_file=$VSV_HOME/secrets/dossiers.pupil_key" "--erasure_register=$VSV_HOME/erasures" ;;
    outcomes) printf '%s\n' "--partners_address=127.0.0.1:${VIA[service-partners]:-${PORT[partners]}}" \
      "--pupil_key_file=$VSV_HOME/secrets/outcomes.pupil_key" ;;
  esac
}

# service_start SERVICE: in the background, in a session of its own, without our lock (descriptor 9).
service_start() {
  local service="$1" binary pid
  local -a flags
  binary="$(built "vsv-$service")" || return
  mapfile -t flags < <(service_flags "$service")
  printf -- '---- started %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >>"$VSV_HOME/log/$service.log"
  setsid "$binary" "${flags[@]}" </dev/null >>"$VSV_HOME/log/$service.log" 2>&1 9>&- &
  pid=$!
  disown "$pid"
  printf '%s %s\n' "$pid" "$(process_began "$pid")" >"$VSV_HOME/run/$service.pid"
}

# wait_healthy SERVICE...: until all serve. Fails at once when one of them ends, after VSV_START_TIMEOUT (60 s) otherwise.
wait_healthy() {
  local deadline=$((SECONDS + ${VSV_START_TIMEOUT:-60})) service answer
  for service in "$@"; do
    until answer="$(service_health "$service")"; do
      if ! service_pid "$service" >/dev/null; then
        printf 'run: %s ended while starting; the end of %s:\n' "$service" "$VSV_HOME/log/$service.log" >&2
      elif ((SECONDS >= deadline)); then
        printf 'run: %s does not report healthy (%s); the end of %s:\n' "$service" "$answer" "$VSV_HOME/log/$service.log" >&2
      else
        sleep 0.1
        continue
      fi
      tail -n 12 "$VSV_HOME/log/$service.log" | sed 's/^/     /' >&2
      return 1
    done
  done
}

# service_stop SERVICE: SIGTERM, time to drain, and only then SIGKILL.
service_stop() {
  local service="$1" pid
  if pid="$(service_pid "$service")"; then
    kill -TERM "$pid" 2>/dev/null || true
    local deadline=$((SECONDS + ${VSV_DRAIN_TIMEOUT:-20}))
    while service_pid "$service" >/dev/null; do
      if ((SECONDS >= deadline)); then
        printf 'run: %s did not drain in time and is killed (pid %s)\n' "$service" "$pid" >&2
        kill -KILL "$pid" 2>/dev/null || true
        sleep 0.2
        break
      fi
      sleep 0.05
    done
  fi
  rm -f "$VSV_HOME/run/$service.pid"
}

# service_is_outdated SERVICE: its program was built anew since it started.
service_is_outdated() {
  local pid
  pid="$(service_pid "$1")" && [[ "$(readlink "/proc/$pid/exe")" == *' (deleted)' ]]
}
