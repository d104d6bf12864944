# shellcheck shell=bash
# Sourced by the checks. files PATTERN...: the files of the tree that match, committed or not, never ignored ones.
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1

files() {
  git ls-files -co --exclude-standard -- "$@" | while IFS= read -r file; do
    # A file that is deleted but not yet committed is still listed.
    [[ ! -f "$file" ]] || printf '%s\n' "$file"
  done
}
