#!/usr/bin/env bash
# The contracts: buf lint, buf format, and no breaking change against the baseline of the last release.
#   proto.sh            check
#   proto.sh --accept   write proto/baseline.binpb anew; do so when a version is released, and say so in the CHANGELOG
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"
buf=node_modules/.bin/buf
baseline=proto/baseline.binpb

if [[ "${1:-}" == --accept ]]; then
  exec "$buf" build proto --exclude-source-info -o "$baseline"
fi
failed=0
"$buf" lint || failed=1
"$buf" format proto -d --exit-code || { echo "proto: repair with: npx buf format -w proto"; failed=1; }
if [[ -f "$baseline" ]]; then
  "$buf" breaking proto --against "$baseline" || failed=1
else
  echo "$baseline: is missing; make it with deploy/check/proto.sh --accept"
  failed=1
fi
exit "$failed"
