# shellcheck shell=bash
# the parsers and every request under libFuzzer, with address and undefined-behaviour sanitizers; TARGET... for some of them
#
# A round gives each target its share of the time, beginning with the kept inputs of tests/fuzz/corpus. What it found stands
# in the round's directory: a finding becomes a file of the corpus and a test. New inputs that reached more code stay in
# the campaign's directory, for its next rounds.

FUZZ_BUILD="$VSV_ROOT/build/fuzz"

fuzz_all() {
  local directory
  for directory in "$VSV_ROOT"/tests/fuzz/corpus/*/; do
    basename "$directory"
  done
}

# shellcheck disable=SC2034 # read by campaign_options
CAMPAIGN_CHOICES="$(fuzz_all | tr '\n' ' ')"

campaign_fuzz_begin() {
  ((${#CAMPAIGN_CHOSEN[@]})) || mapfile -t CAMPAIGN_CHOSEN < <(fuzz_all)
  campaign_builds || return 0
  install_packages build run cert fuzz
  install_node_packages
  local log="$VSV_ROOT/build/log/fuzz.log"
  run_logged "Configuring the fuzz targets" "$log" cmake --preset fuzz -S "$VSV_ROOT" -B "$FUZZ_BUILD" ||
    die "cmake failed" "its output is in $log"
  run_logged "Building the fuzz targets with clang" "$log" \
    nice -n 19 ninja -C "$FUZZ_BUILD" -j2 "${CAMPAIGN_CHOSEN[@]/#/fuzz_}" || die "the build failed" "its output is in $log"
}

campaign_fuzz() {
  local seed="$2" dir="$3" target failed=0 share
  share=$((CAMPAIGN_SECONDS / ${#CAMPAIGN_CHOSEN[@]}))
  ((share >= 5)) || share=5
  mkdir -p "$dir/findings"
  for target in "${CAMPAIGN_CHOSEN[@]}"; do
    if fuzz_target "$target" "$seed" "$share" "$dir"; then
      say "  $target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/$target.log") executions in $share s"
    else
      failed=1
      say "  $target: FOUND SOMETHING; the input: $dir/findings, what it did: $dir/$target.log"
    fi
  done
  return "$failed"
}

# fuzz_target TARGET SEED SECONDS ROUND-DIR. Leaks are not looked for: the servers of the calls live as long as the process.
fuzz_target() {
  local kept="$CAMPAIGN_DIR/corpus/$1"
  mkdir -p "$kept"
  ASAN_OPTIONS=detect_leaks=0 nice -n 19 "$FUZZ_BUILD/fuzz/fuzz_$1" -seed="$2" -max_total_time="$3" -max_len=8192 \
    -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$4/findings/$1-" -print_final_stats=1 \
    "$kept" "$VSV_ROOT/tests/fuzz/corpus/$1" >"$4/$1.log" 2>&1
}
