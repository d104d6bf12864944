# shellcheck shell=bash
# hostile HTTP/2 peers with a valid certificate against partners: memory under the cap, others are served on
#
# A round is one attack of tests/flood/flood.mjs, in turn. Another organisation goes on calling: without the attack, and
# with it. Both have processors of their own, and the attackers the lowest priority on them: in earnest neither would be held
# up by the other.

# shellcheck source=deploy/dev/lib/campaign_system.sh
source "$VSV_ROOT/deploy/dev/lib/campaign_system.sh"

FLOOD_ATTACKS=(rapidreset continuation hpack ping settings zerowindow slowhandshake idle)
FLOOD_SECONDS=10
FLOOD_CONNECTIONS=16 # of most attacks
FLOOD_CROWD=10000    # of slowhandshake and idle, as far as descriptors go
FLOOD_MEMORY=768     # MiB, MemoryHigh of deploy/systemd/vsv@.service
FLOOD_SLOWER=3       # times the p99 without attack

campaign_flood_begin() { system_begin_apart; }
campaign_flood_end() { system_end; }

campaign_flood() {
  flood_round "${FLOOD_ATTACKS[($1 - 1) % ${#FLOOD_ATTACKS[@]}]}" "$3"
}

# flood_round ATTACK ROUND-DIR: a line of flood.tsv: attack; calls, failures, p50, p99 without and with it; peak MiB.
flood_round() {
  local attack="$1" dir="$2" pid connections="$FLOOD_CONNECTIONS" quiet loud most attacker
  # Each attack finds a server that none has touched.
  service_stop partners && service_revive partners && pid="$(service_pid partners)" || return
  if [[ "$attack" == idle || "$attack" == slowhandshake ]]; then
    most="$(($(prlimit --pid "$pid" --nofile --output SOFT --noheadings) - 200))"
    connections=$((FLOOD_CROWD < most ? FLOOD_CROWD : most))
  fi
  quiet="$(bystander "$FLOOD_SECONDS")" || return
  echo 5 >"/proc/$pid/clear_refs" # the peak of its memory from now on
  flood_attack "$attack" "$connections" >"$dir/attack.json" 2>"$dir/attack.log" &
  attacker=$!
  until grep -q ready "$dir/attack.json"; do
    kill -0 "$attacker" 2>/dev/null || break
    sleep 0.1
  done
  loud="$(bystander "$FLOOD_SECONDS")" || return
  wait "$attacker" || { echo "  the attacker failed:"; tail -n 3 "$dir/attack.log"; return 1; }
  kill -0 "$pid" || { echo "  BROKEN partners did not survive $attack"; service_revive partners; return 1; }
  printf '%s %s %s %d\n' "$attack" "$quiet" "$loud" $(($(sed -nE 's/^VmHWM:\s+([0-9]+) kB/\1/p' "/proc/$pid/status") / 1024)) |
    tr ' ' '\t' >"$dir/flood.tsv"
  printf '  %s\n' "$(tail -n 1 "$dir/attack.json")"
}

# flood_attack ATTACK CONNECTIONS: as a municipality.
flood_attack() {
  local certificate
  certificate="$(sed -n 's/^gemeente-utrecht //p' "$CAMPAIGN_DIR/prepare.log")"
  ulimit -n "$(ulimit -Hn)"
  taskset -c "$CLIENT_PROCESSORS" nice -n 19 node "$VSV_ROOT/tests/flood/flood.mjs" "$1" "--port=${PORT[partners]}" \
    "--certificate=$certificate.crt" "--key=$certificate.key" "--ca=$VSV_HOME/pki/ca.crt" "--seconds=$((FLOOD_SECONDS + 1))" "--connections=$2" 9>&-
}

# bystander SECONDS: as a school.
bystander() {
  local certificate
  certificate="$(sed -n 's/^vmbo-de-eemhoek //p' "$CAMPAIGN_DIR/prepare.log")"
  taskset -c "$CLIENT_PROCESSORS" node "$VSV_ROOT/tests/flood/bystander.mjs" "--port=${PORT[partners]}" "--certificate=$certificate.crt" \
    "--key=$certificate.key" "--ca=$VSV_HOME/pki/ca.crt" --organisation=gemeente-utrecht "--seconds=$1" 9>&-
}

campaign_flood_check() {
  [[ -f "$1/flood.tsv" ]] || { echo "  SHOWS NOTHING: nothing was measured"; return 1; }
  awk -v memory="$FLOOD_MEMORY" -v slower="$FLOOD_SLOWER" '
    function broken(why) { print "  BROKEN " $1 ": " why; failed = 1 }
    {
      printf "  %s: p99 %s ms without, %s ms with; %d of %d calls failed; peak %d MiB\n", $1, $5, $9, $7, $6 + $7, $10
      if ($3 > 0 || $5 == "-") broken("calls failed even without it: this shows nothing")
      if ($7 > 0) broken($7 " calls of another organisation failed")
      if ($9 == "-" || $9 > slower * $5) broken("p99 " $9 " ms, more than " slower " times " $5)
      if ($10 > memory) broken($10 " MiB, more than " memory)
    }
    END { exit failed || NR == 0 }' "$1/flood.tsv"
}
