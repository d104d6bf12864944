#!/usr/bin/env bash
# Walks the story of ./run demo twice on a system of its own: on an empty one every step must hold, and again on the one
# that it left, because what is loaded twice takes effect once.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1

build="${VSV_BUILD_DIR:-$PWD/build/release}"
unset "${!VSV_@}" # whatever the caller's shell has set must not decide what is tested
work="$(mktemp -d "${TMPDIR:-/tmp}/vsv-journey.XXXXXX")"
chmod 0755 "$work"
# A hundred ports that no other test draws: tests/system/CMakeLists.txt.
base=$((8600 + (BASHPID % 40) * 100))
export VSV_BUILD_DIR="$build" VSV_HOME="$work/home" VSV_PORT_BASE="$base"

clean_up() {
  ./run down --wipe >/dev/null 2>&1
  rm -rf "$work"
}
trap clean_up EXIT

walk() {
  "$build/bin/vsv-story" --home="$VSV_HOME" --pupils=1500 --partners_port=$((base + 1)) --programs_port=$((base + 2)) \
    --dossiers_port=$((base + 3)) --outcomes_port=$((base + 4))
}

./run up --no-build || exit 1
for time in first second; do
  if ! walk >"$work/story" 2>&1; then
    cat "$work/story"
    echo "FAILED  the $time walk"
    exit 1
  fi
  echo "ok      the $time walk: $(tail -n 1 "$work/story")"
done
