# shellcheck shell=bash
# a mixed load for a long time: memory, descriptors, connections and tables must stop growing
#
# A round is one stretch under the clients of `kill`; at its end, with nothing under way, sizes are measured. The rounds together are judged: after the first ones, which warm up, nothing may keep growing.

# shellcheck source=deploy/dev/lib/campaign_system.sh
source "$VSV_ROOT/deploy/dev/lib/campaign_system.sh"

SOAK_STRETCH=40   # seconds of writing a round
SOAK_WARM=2       # rounds that are not judged
SOAK_GROWTH=1.25  # from the first judged round to the last

campaign_soak_begin() { system_begin; }
campaign_soak_end() { system_end; }

campaign_soak() {
  local round="$1" dir="$3"
  clients_begin "$round" "$dir" || return
  sleep "$SOAK_STRETCH"
  clients_end "$dir" && judge "$dir" || return
  soak_measure "$round" "$dir" | tee -a "$CAMPAIGN_DIR/sizes.tsv" >"$dir/sizes.tsv"
  sed 's/^/  /' "$dir/sizes.tsv"
  campaign_soak_judge
}

campaign_soak_check() { judge "$1"; }

# soak_measure ROUND ROUND-DIR: round, what, size.
soak_measure() {
  local service pid table
  for service in "${VSV_SERVICES[@]}"; do
    pid="$(service_pid "$service")"
    printf '%d\t%s memory MiB\t%d\n' "$1" "$service" $(($(sed -nE 's/^VmRSS:\s+([0-9]+) kB/\1/p' "/proc/$pid/status") / 1024))
    printf '%d\t%s descriptors\t%d\n' "$1" "$service" "$(find "/proc/$pid/fd" -mindepth 1 | wc -l)"
    printf '%d\t%s threads\t%d\n' "$1" "$service" "$(find "/proc/$pid/task" -mindepth 1 -maxdepth 1 | wc -l)"
    printf '%d\t%s connections\t%s\n' "$1" "$service" \
      "$(database "$service" "SELECT count(*) FROM pg_stat_activity WHERE datname = '$service' AND usename LIKE 'vsv_%'")"
  done
  # What lives shortly must not leave its space behind. What is kept (audit, feed) grows by what was done.
  for service in partners dossiers; do
    for table in feed_outbox feed_sequencer; do
      printf '%d\t%s %s KiB\t%s\n' "$1" "$service" "$table" \
        "$(database "$service" "SELECT pg_total_relation_size('$table') / 1024")"
    done
  done
}

# campaign_soak_judge: over all rounds so far.
campaign_soak_judge() {
  [[ -f "$CAMPAIGN_DIR/sizes.tsv" ]] || return 0
  awk -F '\t' -v warm="$SOAK_WARM" -v growth="$SOAK_GROWTH" '
    $1 <= warm { next }
    !($2 in first) { first[$2] = $3 }
    { last[$2] = $3 }
    END {
      for (what in first) {
        # Small numbers waver: eight more of anything is no growth.
        if (last[what] > first[what] * growth && last[what] > first[what] + 8) {
          printf "  BROKEN %s grew from %d to %d\n", what, first[what], last[what]
          failed = 1
        }
      }
      exit failed
    }' "$CAMPAIGN_DIR/sizes.tsv"
}
