# shellcheck shell=bash
# slow, broken, half-open and cut connections between any two parts, stopped processes, a full disk, too few descriptors
#
# The clients of `kill`, but what is struck lives on. Every connection between clients, servers and PostgreSQL goes through
# tests/faults/proxy.mjs. PostgreSQL keeps its data on a small tmpfs when root may mount one; otherwise the disk stays as
# it is and that card is left out.

# shellcheck source=deploy/dev/lib/campaign_system.sh
source "$VSV_ROOT/deploy/dev/lib/campaign_system.sh"

FAULT_STRIKES=8 # a round
FAULT_DISK=900M
FAULT_DECK=()

campaign_fault_begin() {
  system_programs # the proxies are of Node.js
  mount_small_disk
  fault_proxies
  system_begin
}

campaign_fault_end() {
  exec 7>&-
  system_end
  ! mountpoint -q "${FAULT_PLACE:-}" || umount "$FAULT_PLACE" # of a system that was not begun
}

campaign_fault_check() { judge "$1"; }

campaign_fault() {
  local round="$1" seed="$2" dir="$3" strike failed=0
  RANDOM=$((seed % 32768))
  clients_begin "$round" "$dir" || return
  for ((strike = 0; strike < FAULT_STRIKES; ++strike)); do
    random_pause
    fault_draw
    printf '%s %s\n' "$(date -u +%H:%M:%S.%3N)" "$FAULT_DRAWN" >>"$dir/strikes"
    "fault_${FAULT_DRAWN%%:*}" "${FAULT_DRAWN#*:}" "$dir" || failed=1
  done
  service_revive "${VSV_SERVICES[@]}" || return
  clients_end "$dir" && ((failed == 0))
}

# mount_small_disk: the place where PostgreSQL of the system will be, as a tmpfs.
mount_small_disk() {
  FAULT_PLACE="$(pg_place "$CAMPAIGN_DIR/system/pg")"
  { [[ "$(id -u)" == 0 ]] && mount -t tmpfs -o "size=$FAULT_DISK,mode=0755" tmpfs "$FAULT_PLACE" 2>/dev/null; } ||
    say "no tmpfs can be mounted here: the full disk is left out"
}

# fault_proxies: one process for all links, told what to do by descriptor 7.
fault_proxies() {
  local link base
  local -a arguments=()
  system_ports
  base="$VSV_PORT_BASE"
  VIA=([service-postgres]=$((base + 60)) [service-partners]=$((base + 61)) [client-partners]=$((base + 62))
    [client-dossiers]=$((base + 63)))
  for link in "${!VIA[@]}"; do
    arguments+=("$link=${VIA[$link]}:$((base + PORT_OFFSET[${link#*-}]))")
  done
  mkfifo "$CAMPAIGN_DIR/proxy"
  node "$VSV_ROOT/tests/faults/proxy.mjs" "${arguments[@]}" <"$CAMPAIGN_DIR/proxy" >"$CAMPAIGN_DIR/proxy.log" 2>&1 &
  exec 7>"$CAMPAIGN_DIR/proxy"
  rm "$CAMPAIGN_DIR/proxy"
}

fault_draw() {
  local at
  if ((${#FAULT_DECK[@]} == 0)); then
    FAULT_DECK=({delay,drop,cut,partition,halfopen}:{service-postgres,service-partners,client-partners,client-dossiers}
      stop:{partners,programs,dossiers,outcomes} stop:postgres descriptors:{partners,dossiers} stale:dossiers)
    ! mountpoint -q "$PG_PLACE" || FAULT_DECK+=(disk:full)
  fi
  at=$((RANDOM % ${#FAULT_DECK[@]}))
  FAULT_DRAWN="${FAULT_DECK[at]}"
  FAULT_DECK=("${FAULT_DECK[@]:0:at}" "${FAULT_DECK[@]:at+1}")
}

# random_while: how long a fault lasts, 1 to 4 s.
random_while() { sleep "$((1 + RANDOM % 3)).$((RANDOM % 10))"; }

fault_delay() { echo "$1 delay $((20 + RANDOM % 300))" >&7; random_while; echo "$1 pass" >&7; }
fault_drop() { echo "$1 drop" >&7; random_while; echo "$1 pass" >&7; }
fault_cut() { echo "$1 cut" >&7; random_while; echo "$1 pass" >&7; }
fault_partition() { echo "$1 partition" >&7; random_while; echo "$1 pass" >&7; }
fault_halfopen() { echo "$1 halfopen" >&7; random_while; echo "$1 pass" >&7; }

# fault_stop SERVICE: SIGSTOP. PostgreSQL stops with all its processes.
fault_stop() {
  local -a pids
  if [[ "$1" == postgres ]]; then
    pids=("$(head -n 1 "$PG_PLACE/data/postmaster.pid")")
    mapfile -t -O 1 pids < <(ps -o pid= --ppid "${pids[0]}" | tr -d ' ')
  else
    pids=("$(service_pid "$1")")
  fi
  kill -STOP "${pids[@]}"
  random_while
  kill -CONT "${pids[@]}" 2>/dev/null || true
}

# fault_descriptors SERVICE: hardly more descriptors than it has open; new connections fail, those that are there go on.
fault_descriptors() {
  local pid
  pid="$(service_pid "$1")"
  prlimit --pid "$pid" "--nofile=$(($(find "/proc/$pid/fd" -mindepth 1 | wc -l) + 2)):"
  echo "client-$1 cut" >&7
  echo "client-$1 pass" >&7
  random_while
  prlimit --pid "$pid" --nofile=16384:
  kill -0 "$pid" || { echo "  BROKEN $1 did not survive a limit of descriptors"; return 1; }
}

# fault_disk: not a byte left for PostgreSQL, which ends when it cannot write its log, and recovers when it can.
fault_disk() {
  fallocate -l "$(df --output=avail -B1 "$PG_PLACE" | tail -n 1)" "$PG_PLACE/full" 2>/dev/null ||
    head -c 1G /dev/zero >"$PG_PLACE/full" 2>/dev/null || true
  random_while
  rm -f "$PG_PLACE/full"
  local deadline=$((SECONDS + 30))
  until database postgres "SELECT 1" >/dev/null 2>&1 || ((SECONDS >= deadline)); do
    pg_start "$PG_PLACE" 9>&- >/dev/null 2>&1 || sleep 0.2
  done
}

# fault_stale: a register that is out of reach for longer than its projection may be old. Every key is then answered alike:
# one that is there, one that is not.
fault_stale() {
  local there absent="regions/16/dossiers/018f0000-0000-7000-8000-000000000000" name answer="" first="" failed=0
  there="regions/16/dossiers/$(database dossiers "SELECT id FROM dossiers WHERE region_id = '16' LIMIT 1")"
  echo "service-partners halfopen" >&7
  sleep 7
  for name in "$there" "$absent"; do
    answer="$("$VSV_BUILD_DIR/bin/vsvctl" call GetDossier "{\"name\": \"$name\"}" --purpose transition --timeout 5s \
      "--home=$VSV_HOME" "--dossiers_address=127.0.0.1:${PORT[dossiers]}" "--partners_address=127.0.0.1:${PORT[partners]}" \
      --as "$(basename "$(sed -n 's/^vmbo-de-eemhoek //p' "$CAMPAIGN_DIR/prepare.log")")" 2>&1)" && answer="told: $answer"
    printf '%s -> %s\n' "$name" "$answer" >>"$2/stale"
    [[ "$answer" == *PROJECTION_STALE* && "$answer" == "${first:=$answer}" ]] ||
      { echo "  BROKEN a register out of reach: $name -> ${answer//$'\n'/ }"; failed=1; }
  done
  echo "service-partners pass" >&7
  return "$failed"
}
