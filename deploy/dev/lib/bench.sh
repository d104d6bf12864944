# shellcheck shell=bash
# shellcheck disable=SC2034 # read by tests/load/*.sh
# ./run bench: what the suite costs beside what it is built from, on a system of its own. What is measured, and how, is in
# tests/load; the figures of the last run are in var/bench/latest.json, what they say in docs/PERFORMANCE.md.

readonly BENCH_USAGE="usage: ./run bench [--quick | --full] [ROW...]"

# command_bench [--quick|--full] [ROW...]
command_bench() {
  local part row failed=0
  local -a rows=()
  ROUNDS=5 SECONDS_EACH=2 PGBENCH_WARM_UP=2 CALLER_COUNTS=(1 8 64) BENCH_FULL=no
  for part in system rounds rows rows_bulk; do
    # shellcheck source=/dev/null
    source "$VSV_ROOT/tests/load/$part.sh"
  done
  while (($#)); do
    case "$1" in
      --quick) ROUNDS=3 SECONDS_EACH=1 PGBENCH_WARM_UP=2 CALLER_COUNTS=(1 64) ;;
      --full) BENCH_FULL=yes ;;
      *)
        [[ " ${BENCH_ROWS[*]} " == *" $1 "* ]] || die "there is no row '$1'" "$BENCH_USAGE" "rows: ${BENCH_ROWS[*]}"
        rows+=("$1")
        ;;
    esac
    shift
  done
  ((${#rows[@]})) || rows=("${BENCH_ROWS[@]}")
  prepare_bench
  say "Measuring: ${rows[*]} ($ROUNDS rounds of $SECONDS_EACH s each)"
  for row in "${rows[@]}"; do
    say "  $row"
    "row_$row" || { echo "run: row $row was not measured to its end" >&2; failed=1; }
  done
  say "Wiping the system of the bench"
  wipe_bench_system
  "$(built vsv-bench-report)" "$ROUNDS_FILE" "$BENCH_RESULT" || failed=1
  printf 'CPU: milliseconds per call of client+server+PostgreSQL. RATIO is the median over the rounds. All of it: %s\n' "$BENCH_RESULT"
  return "$failed"
}

# prepare_bench: builds, starts and fills the system, and makes sure that it is gone when we are.
prepare_bench() {
  BENCH_PORT_BASE="${VSV_BENCH_PORT_BASE:-7900}"
  mkdir -p "$VSV_HOME/bench"
  # Two at a time would wipe each other's system, and measure each other. What is started does not keep the lock.
  exec 8>"$VSV_HOME/bench/lock"
  flock -n 8 || die "another ./run bench works in $VSV_HOME/bench at this moment" "wait for it, or use another VSV_HOME"
  BENCH_RESULT="$VSV_HOME/bench/latest.json"
  ROUNDS_FILE="$VSV_HOME/bench/rounds.tsv"
  : >"$ROUNDS_FILE"
  install_packages build run cert
  install_node_packages
  install_node_reference
  build_preset release "$VSV_BUILD_DIR" partners_server programs_server dossiers_server outcomes_server vsvctl vsv_probe \
    bench_programs || die "the build failed" "the output is in build/log/release-build.log"
  LOAD_AVERAGE="$(cut -d' ' -f1 /proc/loadavg)"
  enter_bench_system
  say "Starting a system of its own on ports $BENCH_PORT_BASE and up"
  (bring_up) >"$VSV_HOME/up.log" 2>&1 8>&- || { cat "$VSV_HOME/up.log" >&2; die "the system of the bench did not start"; }
  take_lock
  trap wipe_bench_system EXIT
  trap 'exit 130' INT TERM
  fill_bench_system
  make_reference_statements
  start_node || exit 1
}
