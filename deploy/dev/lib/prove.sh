# shellcheck shell=bash
# ./run prove [NAME...]: proves the tests behind docs/GUARANTEES.md. Each tests/broken/*.patch breaks one promise
# on purpose; the test that guards it, which passes without, must then fail. A patch that no longer fits, or breaks the
# build instead of the promise, proves nothing.

# broken_field FILE FIELD: what the head of a patch says.
broken_field() {
  sed -n "/^diff /q; s/^$2: //p" "$1"
}

# broken_test TREE PATCH LOG: builds the target in TREE as it stands there and runs the test that the patch names, on
# templates of that tree's migrations. 2 when it does not build. Of a script there is nothing to build.
broken_test() {
  local tree="$1" target filter
  target="$(broken_field "$2" Target)"
  filter="$(broken_field "$2" Test)"
  if [[ "$target" == *.sh ]]; then
    (cd "$tree" && timeout 120 bash "$target" "$filter") >>"$3" 2>&1
    return
  fi
  ninja -C "$tree/build/release" -j"$(nproc)" "$target" >>"$3" 2>&1 || return 2
  "$tree/deploy/dev/test_cluster.sh" start "$TEST_CLUSTER" >/dev/null 2>>"$3" || return 2
  (cd "$tree" && VSV_BUILD_DIR="$tree/build/release" \
    timeout 120 "build/release/tests/$target" --gtest_filter="$filter") >>"$3" 2>&1
}

# ends_as_told PATCH STATUS LOG: the test has said what is wrong; or, where it cannot, it ended as the head of the patch says:
# `Ends: by timeout` or `Ends: by crash`.
ends_as_told() {
  grep -qE '^\[  FAILED  \]|: Failure$' "$3" && return
  case "$(broken_field "$1" Ends)" in
    "by timeout") (($2 == 124)) ;;
    "by crash") (($2 > 128)) ;;
    *) return 1 ;;
  esac
}

# broken_one TREE PATCH: 0 when the test behind the promise passes as the code is, and finds the broken build guilty.
broken_one() {
  local tree="$1" patch="$2" log status=0
  log="$VSV_ROOT/build/log/broken-$(basename "$patch" .patch).log"
  : >"$log"
  broken_test "$tree" "$patch" "$log" || { echo "the test does not pass as the code is: $log" >&2; return 1; }
  grep -q '^\[ RUN ' "$log" || { echo "no test of $(broken_field "$patch" Target) is called so: $log" >&2; return 1; }
  git -C "$tree" apply "$patch" >>"$log" 2>&1 || { echo "the patch no longer fits" >&2; return 1; }
  broken_test "$tree" "$patch" "$log" || status=$?
  case "$status" in
    0) echo "the test passes although the promise is broken: $log" >&2; return 1 ;;
    2) echo "it does not build or deploy: $log" >&2; return 1 ;;
  esac
  ends_as_told "$patch" "$status" "$log" ||
    { echo "the test ends with status $status and finds nothing wrong: $log" >&2; return 1; }
}

command_prove() {
  local tree="$VSV_ROOT/build/broken" name patch proven=0 failed=0
  local -a patches=()
  for name in "$@"; do
    [[ -f "tests/broken/$name.patch" ]] || die "there is no broken build '$name'" "tests/broken/ has them"
    patches+=("$VSV_ROOT/tests/broken/$name.patch")
  done
  ((${#patches[@]})) || patches=("$VSV_ROOT"/tests/broken/*.patch)
  install_packages build run cert
  install_node_packages
  need_free_disk "$VSV_ROOT/build" 4096
  # A clone of its own of what is committed, so that nothing broken ever stands in the tree that is worked in.
  if [[ -d "$tree/.git" ]]; then
    git -C "$tree" fetch -q origin
  else
    git clone -q "$VSV_ROOT" "$tree"
  fi
  git -C "$tree" checkout -q -f --detach "$(git -C "$VSV_ROOT" rev-parse HEAD)"
  ln -sfn "$VSV_ROOT/node_modules" "$tree/node_modules"
  use_ccache
  export CCACHE_BASEDIR="$tree"
  [[ -f "$tree/build/release/build.ninja" ]] ||
    run_logged "Configuring the clone to break" "build/log/broken-configure.log" \
      cmake -S "$tree" --preset release -B "$tree/build/release" || return
  mkdir -p "$VSV_HOME"
  start_test_cluster || die "the cluster for the tests did not come up"
  for patch in "${patches[@]}"; do
    name="$(basename "$patch" .patch)"
    if broken_one "$tree" "$patch"; then
      say "found guilty  $name"
      ((proven += 1))
    else
      say "NOT PROVEN    $name"
      ((failed += 1))
    fi
    git -C "$tree" checkout -q -f .
  done
  stop_test_cluster
  printf '%d broken builds found guilty, %d not\n' "$proven" "$failed"
  ((failed == 0))
}
