# shellcheck shell=bash
# shellcheck disable=SC2034 # read by those who source this
# The rows of ./run bench about many dossiers at once: snapshot, import, lag of the feed. Sourced by deploy/dev/lib/bench.sh.

# -- Snapshot against COPY --------------------------------------------------------------------------------------------------

measure_snapshot() {
  local server database before answer
  before="$(database_ticks)" server="$(process_ticks "$(service_pid dossiers)")"
  case "$1" in
    ours)
      answer="$("$(built vsv-feed)" "--tls_ca=$VSV_HOME/pki/ca.crt" "--address=127.0.0.1:${PORT[dossiers]}" --snapshot \
        "--certificates=$(certificate doorstroompunt-eem)")" || return
      ;;
    copy)
      local began
      began="$(date +%s%N)"
      answer="$(owner_psql dossiers -f "$BENCH_FILES/sql/copy_dossiers.sql" | wc -l)" || return
      answer+=" $(awk -v ns=$(($(date +%s%N) - began)) 'BEGIN { print ns / 1e9 }') -"
      ;;
  esac
  database="$(database_ticks)"
  local -a fields
  read -ra fields <<<"$answer"
  FIGURE="$(awk -v rows="${fields[0]}" -v seconds="${fields[1]}" 'BEGIN { printf "%.6g", rows / seconds }')"
  CPU="${fields[2]} $(per_call $(($(process_ticks "$(service_pid dossiers)") - server)) "${fields[0]}") $(per_call $((database - before)) "${fields[0]}")"
}

tell_snapshot() {
  record "snapshot of WatchDossiers / COPY out" rows/s \
    "WatchDossiers from the start by an RMC office until snapshot_complete: $BENCH_DOSSIERS dossiers, each judged, its receipt noted and audited, 100 a message; COPY of the same columns of dossiers, sections and handovers by the owner, psql included; $(shared_conditions)" \
    ours copy
}

row_snapshot() { contest measure_snapshot tell_snapshot ours copy; }

# -- Import against COPY ----------------------------------------------------------------------------------------------------

dossiers_of_19() { cluster_psql -d dossiers -Atc "SELECT count(*) FROM dossiers WHERE region_id = '19'"; }

measure_import() {
  local before began
  before="$(dossiers_of_19)"
  case "$1" in
    import | batch_create)
      load "$(service_pid dossiers)" "--address=127.0.0.1:${PORT[dossiers]}" "--certificate=$(certificate college-de-vecht)" \
        "--workload=$1" --region=19 --callers=2 || return
      before=$(($(dossiers_of_19) - before))
      ((before == LOAD[4] * 200)) || { echo "run: $before dossiers were made of the $((LOAD[4] * 200)) asked for" >&2; return 1; }
      FIGURE="$(awk -v batches="${LOAD[0]}" 'BEGIN { printf "%.6g", batches * 200 }')"
      # Of a call: of 200 dossiers.
      CPU="$(awk '{ printf "%.4g %.4g %.4g", $1 / 200, $2 / 200, $3 / 200 }' <<<"$CPU")"
      ;;
    copy)
      local round ticks
      printf -v round '%03d' "$((++COPIES))"
      (mkdir -p "$VSV_HOME/copy" && cd "$VSV_HOME/copy" && owner_psql dossiers -v "round=$round" -f "$BENCH_FILES/sql/copy_in_rows.sql") || return
      cluster_psql -c CHECKPOINT
      ticks="$(database_ticks)" began="$(date +%s%N)"
      (cd "$VSV_HOME/copy" && cluster_psql -d dossiers -f "$BENCH_FILES/sql/copy_in.sql") || return
      FIGURE="$(awk -v ns=$(($(date +%s%N) - began)) 'BEGIN { printf "%.6g", 2000 / (ns / 1e9) }')"
      CPU="- - $(per_call $(($(database_ticks) - ticks)) 2000)"
      ;;
  esac
}

tell_import() {
  local each="number sealed, judged, request record, outbox and audit entry each, a verdict each"
  local copy="COPY of 2000 dossiers into pupils, dossiers, sections, parties and handovers in one transaction by the superuser, psql included; CPU per dossier"
  record "ImportDossiers / COPY in" rows/s \
    "two streams, 200 dossiers a message and the next one when it is answered: $each; $copy; $(shared_conditions)" import copy
  record "BatchCreateDossiers / COPY in" rows/s \
    "200 dossiers a call, two callers: $each, with the dossier; $copy; $(shared_conditions)" batch_create copy
}

row_import() {
  COPIES=0
  enter college-de-vecht 0000000700099BA00000 transition >"$VSV_HOME/log/import.log" 2>&1 || { cat "$VSV_HOME/log/import.log" >&2; return 1; }
  contest measure_import tell_import import batch_create copy
}

# -- Lag of the feed --------------------------------------------------------------------------------------------------------

measure_lag() {
  local warm_up=2 writer status=0 server database answer n
  local first=$((BENCH_DOSSIERS + 1)) last=$((BENCH_DOSSIERS + 20 * SUBSCRIBERS)) certificates=""
  case "$1" in
    one) certificates="$(certificate doorstroompunt-eem)" ;;
    many)
      for ((n = 1; n <= SUBSCRIBERS; n++)); do certificates+="${certificates:+,}$(certificate "$(printf 'gemeente-bench-%03d' "$n")")"; done
      ;;
  esac
  PGPASSFILE="$VSV_HOME/secrets/vsv_dossiers_owner.pgpass" "$(pg_bin pgbench)" -n -M prepared -h 127.0.0.1 -p "${PORT[postgres]}" \
    -U vsv_dossiers_owner -R "$((WRITE_RATE / 50))" -T $((warm_up + SECONDS_EACH + 1)) -D "first=$first" -D "last=$last" \
    -f "$BENCH_FILES/sql/write_batch.sql" dossiers >"$VSV_HOME/writer.out" 2>&1 9>&- &
  writer=$!
  database="$(database_ticks)" server="$(process_ticks "$(service_pid dossiers)")"
  answer="$("$(built vsv-feed)" "--tls_ca=$VSV_HOME/pki/ca.crt" "--address=127.0.0.1:${PORT[dossiers]}" \
    "--certificates=$certificates" "--warm_up=${warm_up}s" "--measured=${SECONDS_EACH}s")" || status=1
  server=$(($(process_ticks "$(service_pid dossiers)") - server)) database=$(($(database_ticks) - database))
  wait "$writer" || { head -n 3 "$VSV_HOME/writer.out" >&2; status=1; }
  ((status == 0)) || return 1
  local -a fields
  read -ra fields <<<"$answer"
  LAG_P50[$1]="${fields[1]}" FIGURE="${fields[2]}" CPU="${fields[3]} $(per_call "$server" "${fields[4]}") $(per_call "$database" "${fields[4]}")"
  DELIVERED[$1]=$((fields[0] / SECONDS_EACH))
}

tell_lag() {
  local writes
  writes="$WRITE_RATE changes/s in transactions of 50, by pgbench as the owner ($(sed -n 's/^tps = \([0-9.]*\) .*/\1/p' "$VSV_HOME/writer.out") transactions/s reached in the first round)"
  local what="from update_time to arrival, numbered by the sequencer, judged, audited"
  FIGURE_OF["mark"]=200 CPU_OF["mark"]="- - -"
  record "feed lag p99, 1 subscriber / mark of 200 ms" "ms p99" \
    "$what; one RMC office that sees all changes (${DELIVERED[one]}/s arrived); $writes; $(shared_conditions)" one mark
  record "feed lag p99, $SUBSCRIBERS subscribers / 1" "ms p99" \
    "$what; $SUBSCRIBERS municipalities of which none sees the dossiers of another (${DELIVERED[many]}/s arrived); $writes; $(shared_conditions)" many one
  FIGURE_OF[one]="${LAG_P50[one]}" FIGURE_OF[many]="${LAG_P50[many]}"
  record "feed lag p50, $SUBSCRIBERS subscribers / 1" "ms p50" "the same rounds" many one
}

row_feed_lag() {
  declare -gA LAG_P50=() DELIVERED=()
  SUBSCRIBERS=50 WRITE_RATE=1000
  make_subscribers "$SUBSCRIBERS" >"$VSV_HOME/log/subscribers.log" 2>&1 || { tail -n 3 "$VSV_HOME/log/subscribers.log" >&2; return 1; }
  contest measure_lag tell_lag one many
}
