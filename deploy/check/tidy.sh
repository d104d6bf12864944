#!/usr/bin/env bash
# clang-tidy 14 on the C++ files that changed since VSV_TIDY_BASE (default: where this branch left origin/main, else the
# commit before the last), or on all of them with VSV_TIDY_ALL=yes. A changed header is seen through its own .cc file.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"
build="${VSV_BUILD_DIR:-build/release}"
[[ -f "$build/compile_commands.json" ]] || { echo "$build/compile_commands.json: is missing; build first"; exit 1; }

base="${VSV_TIDY_BASE:-$(git merge-base HEAD origin/main 2>/dev/null || true)}"
[[ -n "$base" && "$base" != "$(git rev-parse HEAD)" ]] || base="$(git rev-parse --verify -q HEAD~1 || git hash-object -t tree /dev/null)"

changed() {
  if [[ "${VSV_TIDY_ALL:-no}" == yes ]]; then
    files '*.cc'
  else
    { git diff --name-only --diff-filter=d "$base" -- '*.cc' '*.h'; git ls-files -o --exclude-standard -- '*.cc' '*.h'; } |
      while IFS= read -r file; do
        source="${file%.h}.cc"
        [[ ! -f "$source" ]] || printf '%s\n' "$source"
      done | sort -u
  fi
}

# Only what the build compiles has flags to be read with.
mapfile -t chosen < <(changed | while IFS= read -r file; do
  ! grep -qF "\"file\": \"$PWD/$file\"" "$build/compile_commands.json" || printf '%s\n' "$file"
done)
((${#chosen[@]})) || exit 0
printf '%s\n' "${chosen[@]}" | xargs -P "$(nproc)" -n 1 clang-tidy-14 -p "$build" --quiet 2>/dev/null
