# shellcheck shell=bash
# How ./run bench measures: contestants take turns within a run, and every figure goes, round by round, into $ROUNDS_FILE for
# vsv-bench-report. Sourced by deploy/dev/lib/bench.sh.
#
# A measurement leaves FIGURE, and CPU: milliseconds of processor time per call of client, server and database.

declare -A FIGURE_OF=() CPU_OF=()

# contest MEASURE TELL CONTESTANT...: ROUNDS times MEASURE of each contestant, the other way round every second time, on
# vacuumed tables and behind a checkpoint; then TELL records the round.
contest() {
  local measure="$1" tell="$2" round contestant i
  local -a order
  shift 2
  for ((round = 1; round <= ROUNDS; round++)); do
    order=("$@")
    if ((round % 2 == 0)); then
      order=()
      for ((i = $#; i > 0; i--)); do order+=("${!i}"); done
    fi
    settle
    for contestant in "${order[@]}"; do
      cluster_psql -c CHECKPOINT
      FIGURE="" CPU="- - -"
      if ! "$measure" "$contestant" || [[ ! "$FIGURE" =~ [1-9] ]]; then
        echo "run: $contestant could not be measured" >&2
        return 1
      fi
      FIGURE_OF[$contestant]="$FIGURE" CPU_OF[$contestant]="$CPU"
    done
    "$tell"
  done
}

# record ROW UNIT CONDITIONS OURS REFERENCE: of this round, by contestant.
record() {
  printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "${FIGURE_OF[$4]}" "${FIGURE_OF[$5]}" "${CPU_OF[$4]}" "${CPU_OF[$5]}" \
    >>"$ROUNDS_FILE"
}

# process_ticks PID: processor time so far, in clock ticks.
process_ticks() {
  sed 's/^.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'
}

# database_ticks: of all of PostgreSQL, those backends included that have ended.
database_ticks() {
  cat /proc/[0-9]*/stat 2>/dev/null | sed 's/^\([0-9]*\) .*) /\1 /' |
    awk -v postmaster="$(head -n 1 "$PG_PLACE/data/postmaster.pid")" '
      $1 == postmaster { ticks += $13 + $14 + $15 + $16 }
      $3 == postmaster { ticks += $13 + $14 }
      END { print ticks + 0 }'
}

# per_call TICKS CALLS: milliseconds.
per_call() { awk -v ticks="$1" -v calls="$2" -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.4g", calls ? ticks * 1000 / hz / calls : 0 }'; }

# load SERVER-PID ARGUMENTS...: callers of vsv-load; LOAD gets rate, p50, p99, own ms per call, calls begun, bytes of a reply.
load() {
  local server="$1" server_before database_before answer
  shift
  server_before="$(process_ticks "$server")" database_before="$(database_ticks)"
  answer="$("$(built vsv-load)" "--tls_ca=$VSV_HOME/pki/ca.crt" "--measured=${SECONDS_EACH}s" "$@")" || return
  read -ra LOAD <<<"$answer"
  FIGURE="${LOAD[0]}"
  CPU="${LOAD[3]} $(per_call $(($(process_ticks "$server") - server_before)) "${LOAD[4]}")"
  CPU+=" $(per_call $(($(database_ticks) - database_before)) "${LOAD[4]}")"
}

# assemble OWN STATEMENT: sql/STATEMENT.sql with the service's statement OWN in its place, each of whose parameters is what a
# line "-- $1 = ..." of STATEMENT says. What the service changes in its statement, it changes for the reference too.
assemble() {
  local own="$1" reference="$BENCH_FILES/sql/$2.sql" number value
  local -a parameters=()
  while read -r number value; do
    parameters+=(-e "s|\\\$$number::|($value)::|g")
  done < <(sed -n 's/^-- \$\([0-9]*\) = /\1 /p' "$reference")
  sed -e '/^--/d' "${parameters[@]}" "$VSV_ROOT/services/dossiers/storage/sql/$own.sql" >"$VSV_HOME/own.sql"
  sed -e '/^--/d' -e "/{$own}/{" -e "r $VSV_HOME/own.sql" -e d -e '}' "$reference" >"$VSV_HOME/$2.sql"
}

# make_reference_statements: for Node as they are, for pgbench with a dossier by chance.
make_reference_statements() {
  local id="('00000000-0000-7000-8016-' || lpad(to_hex(:k::bigint), 12, '0'))::uuid" statement
  # A career section as protobuf: study_choice of 32 bytes and motivation of 79.
  local document="convert_to('B Allround timmerman, keuze ' || lpad(:k::text, 6, '0') ||"
  document+=" 'JOWorks with wood since primary school and wants to learn the trade in a company.', 'UTF8')"
  local request_id="(lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7'"
  request_id+=" || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid"
  assemble get_dossiers get_dossier
  assemble judge_dossiers update_dossier
  for statement in get_dossier update_dossier; do
    {
      printf '\\set k random(1, %d)\n' "$BENCH_DOSSIERS"
      sed -e "s/{id}/$id/g" -e "s/{document}/$document/g" -e "s/{request_id}/$request_id/g" "$VSV_HOME/$statement.sql"
    } >"$VSV_HOME/$statement.pgbench"
  done
}

# run_pgbench STATEMENT CALLER CLIENTS: prepared statements, plans and caches warm before it counts; no error is tolerated.
run_pgbench() {
  local warm_up=$PGBENCH_WARM_UP before output="$VSV_HOME/pgbench.out" client
  before="$(database_ticks)"
  client="$({ TIMEFORMAT='%U %S'; time PGPASSFILE="$VSV_HOME/secrets/vsv_dossiers_app.pgpass" PGOPTIONS="-c vsv.callers=$2" \
    "$(pg_bin pgbench)" -n -M prepared -h 127.0.0.1 -p "${PORT[postgres]}" -U vsv_dossiers_app -P 1 \
    -T $((warm_up + SECONDS_EACH)) -c "$3" -j "$(($3 < 2 ? 1 : 2))" -f "$VSV_HOME/$1.pgbench" dossiers >"$output" 2>&1; } 2>&1)"
  local calls
  calls="$(sed -n 's/^number of transactions actually processed: //p' "$output")"
  if grep -qiE 'error:|aborted' "$output" || [[ -z "$calls" ]]; then
    head -n 3 "$output" >&2
    return 1
  fi
  # Where connecting took longer than the warm-up, the rate over all of the time after it.
  FIGURE="$(awk -v skip="$warm_up" '/^progress:/ && $2 > skip + 0.5 { sum += $4; n++ } /^tps = / { all = $3 }
    END { printf "%.6g", (sum > 0 ? sum / n : all) }' "$output")"
  CPU="$(awk -v calls="$calls" '{ printf "%.4g", ($1 + $2) * 1000 / calls }' <<<"$client") -"
  CPU+=" $(per_call $(($(database_ticks) - before)) "$calls")"
}
