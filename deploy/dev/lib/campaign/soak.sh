# shellcheck shell=bash
# a mixed load for a long time: memory, descriptors, connections and tables must stop growing
#
# A round is one stretch under the clients of `kill`; at its end, with nothing under way, sizes are measured. The rounds together are
# judged: the first third warms up, and in the last third nothing may be larger than in the second. Each kind of size wavers by
# something; what grows for ever is more than that before the last third.

# shellcheck source=deploy/dev/lib/campaign_system.sh
source "$VSV_ROOT/deploy/dev/lib/campaign_system.sh"

SOAK_STRETCH=40    # seconds of writing a round
SOAK_ROUNDS=12     # fewer are not judged
SOAK_GROWTH=1.25   # from the second third to the last
SOAK_WAVER=8       # MiB, descriptors, threads, connections
SOAK_WAVER_KIB=128 # of a table between two vacuums; rows of 4 rounds that stayed would be ten times as much

campaign_soak_begin() { system_begin; }
campaign_soak_end() { system_end; }

campaign_soak() {
  local round="$1" dir="$3"
  clients_begin "$round" "$dir" || return
  sleep "$SOAK_STRETCH"
  clients_end "$dir" || return
  soak_measure "$round" "$dir" | tee -a "$CAMPAIGN_DIR/sizes.tsv" >"$dir/sizes.tsv"
  sed 's/^/  /' "$dir/sizes.tsv"
}

campaign_soak_check() { judge "$1" && CAMPAIGN_DIR="$(dirname "$1")" campaign_soak_judge; }

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
  # What lives shortly must not leave its space behind. What is kept (audit, feed) grows by what was done. Without the maps that
  # the first vacuum makes.
  for service in partners dossiers; do
    for table in feed_outbox feed_sequencer; do
      printf '%d\t%s %s KiB\t%s\n' "$1" "$service" "$table" \
        "$(database "$service" "SELECT (pg_relation_size('$table') + pg_indexes_size('$table')) / 1024")"
    done
  done
}

# campaign_soak_judge: over all rounds so far. By medians, because a table that is vacuumed now and then wavers.
campaign_soak_judge() {
  [[ -f "$CAMPAIGN_DIR/sizes.tsv" ]] || return 0
  sort -t $'\t' -k 2,2 -k 1,1n "$CAMPAIGN_DIR/sizes.tsv" | awk -F '\t' -v fewest="$SOAK_ROUNDS" -v growth="$SOAK_GROWTH" \
    -v waver="$SOAK_WAVER" -v waver_kib="$SOAK_WAVER_KIB" '
    function median(from, count, i, j, t) {
      for (i = 0; i < count; ++i) sorted[i] = size[from + i]
      for (i = 1; i < count; ++i)
        for (j = i; j > 0 && sorted[j - 1] > sorted[j]; --j) { t = sorted[j]; sorted[j] = sorted[j - 1]; sorted[j - 1] = t }
      return sorted[int(count / 2)]
    }
    function judge(third, before, after) {
      if (rounds < fewest) return
      third = int(rounds / 3)
      before = median(rounds - 2 * third, third)
      after = median(rounds - third, third)
      if (after > before * growth && after > before + (what ~ / KiB$/ ? waver_kib : waver)) {
        printf "  BROKEN %s grew from %d to %d\n", what, before, after
        failed = 1
      }
    }
    $2 != what { judge(); what = $2; rounds = 0 }
    { size[rounds++] = $3 }
    END { judge(); exit failed }'
}
