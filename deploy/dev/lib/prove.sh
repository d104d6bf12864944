# shellcheck shell=bash
# ./run prove [NAME...]: proves the tests behind docs/GUARANTEES.md. Each tests/broken/*.patch breaks one promise
# on purpose; the test that guards it must then fail. A patch that no longer fits, or breaks the build instead of the
# promise, proves nothing.

# broken_field FILE FIELD: what the head of a patch says.
broken_field() {
  sed -n "/^diff /q; s/^$2: //p" "$1"
}

# broken_one TREE PATCH: 0 when the test behind the promise found the broken build guilty.
broken_one() {
  local tree="$1" patch="$2" target filter log
  target="$(broken_field "$patch" Target)"
  filter="$(broken_field "$patch" Test)"
  log="$VSV_ROOT/build/log/broken-$(basename "$patch" .patch).log"
  git -C "$tree" apply "$patch" >"$log" 2>&1 || { echo "the patch no longer fits" >&2; return 1; }
  if ! ninja -C "$tree/build/release" -j"$(nproc)" "$target" >>"$log" 2>&1; then
    echo "it does not build: $log" >&2
    return 1
  fi
  (cd "$tree" && timeout 300 "build/release/tests/$target" --gtest_filter="$filter") >>"$log" 2>&1 &&
    { echo "$target $filter passes although the promise is broken" >&2; return 1; }
  grep -q '^\[ RUN ' "$log" || { echo "no test of $target is called $filter" >&2; return 1; }
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
