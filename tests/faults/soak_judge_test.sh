#!/usr/bin/env bash
# Whether the judge of the campaign `soak` finds what grows, and nothing else.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1

VSV_ROOT="$PWD"
# shellcheck source=deploy/dev/lib/campaign/soak.sh
source deploy/dev/lib/campaign/soak.sh
CAMPAIGN_DIR="$(mktemp -d "${TMPDIR:-/tmp}/vsv-soak.XXXXXX")"
trap 'rm -rf "$CAMPAIGN_DIR"' EXIT

failed=0

# judged VERDICT WHAT SIZE...: a round each.
judged() {
  local verdict="$1" what="$2" round=0 size found=kept
  shift 2
  for size in "$@"; do printf '%d\t%s\t%d\n' $((++round)) "$what" "$size"; done >"$CAMPAIGN_DIR/sizes.tsv"
  campaign_soak_judge >"$CAMPAIGN_DIR/verdict" || found=broken
  [[ "$found" == "$verdict" ]] || { echo "FAILED  $what of $*: $found"; failed=1; }
}

# rising FROM STEP: twelve sizes.
rising() { seq "$1" "$2" $(($1 + 11 * $2)); }

# shellcheck disable=SC2046 # one argument a line
{
  judged broken "dossiers memory MiB" $(rising 40 12)
  judged kept "dossiers memory MiB" 80 87 94 96 102 106 108 110 112 114 116 114
  judged kept "dossiers memory MiB" $(rising 40 1)
  judged broken "dossiers descriptors" $(rising 30 5)
  judged broken "dossiers connections" $(rising 10 4)
  judged kept "dossiers connections" 7 10 12 12 12 12 12 16 16 16 16 16
  # Rows that stay: some 3,000 a round. One row that is changed 1,100 times a round and never vacuumed.
  judged broken "dossiers feed_outbox KiB" $(rising 300 300)
  judged broken "partners feed_sequencer KiB" $(rising 24 70)
  # As they wavered in a campaign.
  judged kept "dossiers feed_outbox KiB" 320 240 272 312 424 360 384 272 272 272 368 376 352 352 288
  # Too few rounds to tell.
  judged kept "dossiers memory MiB" 40 60 80 100 120 140 160 180 200 220 240
}
exit "$failed"
