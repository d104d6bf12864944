# shellcheck shell=bash
# shellcheck disable=SC2034 # read by those who source this
# The rows of ./run bench: what is compared with what, and under which conditions. Sourced by deploy/dev/lib/bench.sh.

# In the order in which they are measured.
BENCH_ROWS=(get_dossier update_dossier get_organisation last_page line_status snapshot import cold_start feed_lag)

# Conditions that all rows share.
shared_conditions() {
  printf '%s cores for client, server and PostgreSQL; mutual TLS on loopback; fsync on; %s rounds of %s s, order turned each round; vacuumed, checkpoint before each; load average %s at the start' \
    "$(nproc)" "$ROUNDS" "$SECONDS_EACH" "$LOAD_AVERAGE"
}

# -- GetDossier and UpdateDossier against pgbench and Node ------------------------------------------------------------------

measure_dossier() {
  local caller=doorstroompunt-eem
  [[ "$WORKLOAD" != update_dossier ]] || caller=vmbo-de-eemhoek
  local -a calls=("--certificate=$(certificate "$caller")" "--workload=$WORKLOAD" "--dossiers=$BENCH_DOSSIERS" "--callers=$CALLERS")
  case "$1" in
    ours) load "$(service_pid dossiers)" "--address=127.0.0.1:${PORT[dossiers]}" "${calls[@]}" ;;
    node) load "${REFERENCE_PID[node]}" "--address=$NODE_ADDRESS" "${calls[@]}" ;;
    pgbench) run_pgbench "$WORKLOAD" "$caller" "$CALLERS" ;;
  esac
}

tell_dossier() {
  local does="reads, judges, notes receipt and audit entry" name=GetDossier
  [[ "$WORKLOAD" != update_dossier ]] || { does="locks, judges, writes request record, dossier, section, outbox and audit entry" name=UpdateDossier; }
  record "$name at $CALLERS callers / pgbench" calls/s \
    "pgbench -M prepared, $CALLERS clients, role vsv_dossiers_app with vsv.callers set on the session: tests/load/sql/$WORKLOAD.sql $does for one of $BENCH_DOSSIERS dossiers in one statement and transaction, $PGBENCH_WARM_UP s warm-up; ours: one unary call each, the same dossiers at random, 1 s warm-up; the service numbers the outbox in the background of both; $(shared_conditions)" \
    ours pgbench
  record "$name at $CALLERS callers / Node" calls/s \
    "Node $(node --version), grpc-js and pg with 16 connections per role, the same statement, the same client; $(shared_conditions)" \
    ours node
}

row_dossier() {
  WORKLOAD="$1"
  for CALLERS in "${CALLER_COUNTS[@]}"; do
    contest measure_dossier tell_dossier ours pgbench node || return
  done
}

row_get_dossier() { row_dossier get_dossier; }
row_update_dossier() { row_dossier update_dossier; }

# -- GetOrganisation against an echo and Node -------------------------------------------------------------------------------

measure_organisation() {
  local -a calls=("--certificate=$VSV_HOME/pki/organisations/$VSV_REGISTER_KEEPER_OIN" --workload=get_organisation
    "--organisations=$BENCH_ORGANISATIONS" "--callers=$CALLERS")
  case "$1" in
    ours) load "$(service_pid partners)" "--address=127.0.0.1:${PORT[partners]}" "${calls[@]}" ;;
    echo) load "${REFERENCE_PID[echo]}" "--address=$ECHO_ADDRESS" "${calls[@]}" ;;
    node) load "${REFERENCE_PID[node]}" "--address=$NODE_ADDRESS" "${calls[@]}" ;;
  esac
}

tell_organisation() {
  record "GetOrganisation at $CALLERS callers / echo" calls/s \
    "bare gRPC callback server, no work, reply of $ECHO_BYTES bytes; same client, certificates and 22 organisations at random; $(shared_conditions)" \
    ours echo
  record "GetOrganisation at $CALLERS callers / Node" calls/s \
    "Node $(node --version), grpc-js and pg with 16 connections, services/partners/storage/sql/get_organisations.sql; $(shared_conditions)" \
    ours node
}

row_get_organisation() {
  BENCH_ORGANISATIONS="$(owner_psql partners -Atc "SELECT string_agg(id, ',' ORDER BY id) FROM organisations WHERE kind = 'MUNICIPALITY'")"
  CALLERS=1 SECONDS_EACH=1 measure_organisation ours || return
  ECHO_BYTES="${LOAD[5]}"
  start_echo "$ECHO_BYTES" || return
  for CALLERS in "${CALLER_COUNTS[@]}"; do
    contest measure_organisation tell_organisation ours echo node || return
  done
  stop_reference echo
}

# -- Last page against first ------------------------------------------------------------------------------------------------

# Latency (p50): fewer is better.
measure_page() {
  load "$(service_pid dossiers)" "--address=127.0.0.1:${PORT[dossiers]}" "--certificate=$(certificate doorstroompunt-eem)" \
    --workload=list_page "--page_token=${PAGE_TOKEN[$1]}" --callers=1 || return
  FIGURE="${LOAD[1]}"
}

tell_page() {
  record "last page / first page of ListDossiers" "ms p50" \
    "50 of $BENCH_DOSSIERS dossiers a page, one caller, every row judged and audited; below 1 the last page is faster; $(shared_conditions)" \
    last_page first_page
}

row_last_page() {
  declare -gA PAGE_TOKEN=([first_page]="")
  PAGE_TOKEN[last_page]="$("$(built vsv-load)" "--tls_ca=$VSV_HOME/pki/ca.crt" "--address=127.0.0.1:${PORT[dossiers]}" \
    "--certificate=$(certificate doorstroompunt-eem)" --find_last_page)" || return
  contest measure_page tell_page last_page first_page
}

# -- Line status ------------------------------------------------------------------------------------------------------------

# p99: less is better. hot: the line of region 16 while eight callers move its dossiers between due dates.
measure_line() {
  local region=16 municipality=gemeente-amersfoort mover="" status=0
  [[ "$1" != large ]] || { region=19 municipality=gemeente-utrecht; }
  if [[ "$1" == hot ]]; then
    "$(built vsv-load)" "--tls_ca=$VSV_HOME/pki/ca.crt" "--address=127.0.0.1:${PORT[dossiers]}" "--warm_up=0s" \
      "--certificate=$(certificate vmbo-de-eemhoek)" --workload=move_due_date "--dossiers=$BENCH_DOSSIERS" --callers=8 \
      "--measured=$((SECONDS_EACH + 1))s" >"$VSV_HOME/mover.out" 2>&1 8>&- 9>&- &
    mover=$!
  fi
  load "$(service_pid programs)" "--address=127.0.0.1:${PORT[programs]}" "--certificate=$(certificate "$municipality")" \
    --workload=line_status "--line=regions/$region/programs/bench/lines/1" --callers=1 || status=1
  [[ -z "$mover" ]] || wait "$mover" || { cat "$VSV_HOME/mover.out" >&2; status=1; }
  FIGURE="${LOAD[2]:-}"
  return "$status"
}

tell_line() {
  record "line status p99, $LARGE dossiers / $BENCH_DOSSIERS" "ms p99" \
    "GetLineStatus by one caller; counters as so many dossiers of twelve schools leave them after four steps each, in the projection of programs; $(shared_conditions)" \
    large small
  [[ -z "${FIGURE_OF[hot]:-}" ]] || record "line status p99, written to / at rest" "ms p99" \
    "$BENCH_DOSSIERS dossiers; eight callers of UpdateDossier move dossiers of the line between due dates, $(cut -d' ' -f1 "$VSV_HOME/mover.out") calls/s in the first round, on the same cores; $(shared_conditions)" \
    hot small
}

row_line_status() {
  make_lines >"$VSV_HOME/log/lines.log" 2>&1 || { tail -n 3 "$VSV_HOME/log/lines.log" >&2; return 1; }
  seed_counts 16 "$BENCH_DOSSIERS" || return
  LARGE=$((BENCH_DOSSIERS * 10))
  seed_counts 19 "$LARGE" && contest measure_line tell_line small large hot || return
  [[ "$BENCH_FULL" == yes ]] || return 0
  unset "FIGURE_OF[hot]"
  LARGE=$((BENCH_DOSSIERS * 100))
  seed_counts 19 "$LARGE" && contest measure_line tell_line small large
}

# -- Cold start -------------------------------------------------------------------------------------------------------------

# Milliseconds from exec to the first answered call.
measure_start() {
  local began
  case "$1" in
    ours)
      service_stop dossiers
      began="$(date +%s%N)"
      service_start dossiers 8>&- || return
      until service_health dossiers >/dev/null; do sleep 0.005; done
      ;;
    node)
      stop_reference node
      began="$(date +%s%N)"
      start_node || return
      ;;
  esac
  FIGURE="$((($(date +%s%N) - began) / 1000000))"
}

tell_start() {
  record "cold start of dossiers / Node" ms \
    "exec of vsv-dossiers to SERVING over mutual TLS (asked every 5 ms and more: a probe takes about 20 ms), against exec of the Node reference to a port that accepts, asked every 5 ms; $(shared_conditions)" \
    ours node
}

row_cold_start() { contest measure_start tell_start ours node; }
