# shellcheck shell=bash
# ./run test, and the counting of what ctest says, which .ci/run shares.

PASSED=0
FAILED=0

# count_ctest LOG: adds the figures of ctest's closing line. A log without one counts as one failure: no test is no pass.
count_ctest() {
  local failed total
  read -r failed total < <(sed -nE 's/^[0-9]+% tests passed, ([0-9]+) tests? failed out of ([0-9]+).*/\1 \2/p' "$1" | tail -n 1) || true
  if [[ -z "${total:-}" || "$total" == 0 ]]; then
    ((FAILED += 1))
  else
    ((PASSED += total - failed, FAILED += failed)) || true
  fi
}

# start_test_cluster: a cluster of its own in VSV_HOME, gone again whatever happens.
start_test_cluster() {
  TEST_CLUSTER="$(mktemp -d "$VSV_HOME/test-pg.XXXXXX")"
  chmod 0755 "$TEST_CLUSTER"
  trap stop_test_cluster EXIT
  trap 'exit 130' INT TERM
  local exports
  say "Starting a PostgreSQL cluster for the tests"
  exports="$("$VSV_ROOT/deploy/dev/test_cluster.sh" start "$TEST_CLUSTER")" || return
  eval "$exports"
}

stop_test_cluster() {
  [[ -n "${TEST_CLUSTER:-}" ]] || return 0
  "$VSV_ROOT/deploy/dev/test_cluster.sh" remove "$TEST_CLUSTER" || true
  TEST_CLUSTER=""
}

# run_ctest DIRECTORY NAME CTEST-ARGUMENTS...: shows ctest's lines and counts them.
run_ctest() {
  local directory="$1" log="$VSV_ROOT/build/log/ctest-$2.log"
  shift 2
  VSV_BUILD_DIR="$directory" ctest --test-dir "$directory" -j2 --output-on-failure --no-tests=error "$@" 2>&1 |
    tee "$log" || true
  count_ctest "$log"
}

# command_test [CTEST-ARGUMENTS...]: builds, starts what the tests need, runs all of them. The last line counts them.
command_test() {
  build_everything
  mkdir -p "$VSV_HOME"
  need_free_disk "$VSV_HOME" 1024
  if start_test_cluster; then
    say "Running the tests"
    run_ctest "$VSV_BUILD_DIR" release "$@"
  else
    echo "run: the cluster for the tests did not come up; no test was run" >&2
    FAILED=1
  fi
  stop_test_cluster
  trap - EXIT INT TERM
  say "Tests are done."
  printf '%d passed, %d failed\n' "$PASSED" "$FAILED"
  ((FAILED == 0))
}
