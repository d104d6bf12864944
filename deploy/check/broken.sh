#!/usr/bin/env bash
# The broken builds of ./run prove: each still fits the code, says what it breaks and which test finds it, and stands in the
# row of docs/GUARANTEES.md of the promise that it breaks, by name or as `prefix-*`.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"
failed=0

complain() {
  echo "$patch: $1"
  failed=1
}

while IFS= read -r patch; do
  name="$(basename "$patch" .patch)"
  [[ "$(sed -nE '1,4s/^([A-Z][a-z]+): .+/\1/p' "$patch" | tr '\n' ' ')" == "Guarantee Broken Target Test " ]] ||
    complain "does not begin with Guarantee, Broken, Target and Test, a line each"
  row="$(grep -F "| $(sed -n '1s/^Guarantee: //p' "$patch") | " docs/GUARANTEES.md)" || complain "breaks no promise of docs/GUARANTEES.md"
  grep -qF -e "$name\`" -e "\`${name%%-*}-*\`" <<<"$row" || complain "is not in the row of its promise in docs/GUARANTEES.md"
  wrong="$(git apply --check "$patch" 2>&1)" || complain "no longer fits: ${wrong%%$'\n'*}"
done < <(files 'tests/broken/*.patch')
exit "$failed"
