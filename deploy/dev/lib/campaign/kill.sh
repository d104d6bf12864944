# shellcheck shell=bash
# kill -9 and rolling restarts of every part, under writing, erasing, importing and sync clients: nothing lost, doubled, left in doubt or brought back
#
# A round strikes from a shuffled deck, so that every part is struck before one is struck again; tests/faults/history.h has the
# promises by which its history is judged.

# shellcheck source=deploy/dev/lib/campaign_system.sh
source "$VSV_ROOT/deploy/dev/lib/campaign_system.sh"

KILL_STRIKES=8 # a round
KILL_DECK=()

campaign_kill_begin() { system_begin; }
campaign_kill_end() { system_end; }
campaign_kill_check() { judge "$1"; }

campaign_kill() {
  local round="$1" seed="$2" dir="$3" strike
  RANDOM=$((seed % 32768))
  clients_begin "$round" "$dir" || return
  for ((strike = 0; strike < KILL_STRIKES; ++strike)); do
    random_pause
    kill_draw
    kill_strike "$KILL_DRAWN" "$round" "$dir" || return
  done
  random_pause
  clients_end "$dir"
}

# kill_draw: the next card of the deck into KILL_DRAWN.
kill_draw() {
  local at
  ((${#KILL_DECK[@]})) || KILL_DECK=(kill:{partners,programs,dossiers,outcomes} restart:{partners,programs,dossiers,outcomes}
    postmaster backend backend sync import import everything)
  at=$((RANDOM % ${#KILL_DECK[@]}))
  KILL_DRAWN="${KILL_DECK[at]}"
  KILL_DECK=("${KILL_DECK[@]:0:at}" "${KILL_DECK[@]:at+1}")
}

# kill_strike CARD ROUND ROUND-DIR: strikes, waits a moment, and brings back what is down.
kill_strike() {
  local card="$1" round="$2" dir="$3" name pid service
  printf '%s %s\n' "$(date -u +%H:%M:%S.%3N)" "$card" >>"$dir/strikes"
  case "$card" in
    kill:*)
      service_kill "${card#*:}"
      sleep "0.$((100 + RANDOM % 200))"
      service_revive "${card#*:}"
      ;;
    restart:*)
      # As a rolling update does: SIGTERM, drain, start.
      service_stop "${card#*:}" && service_revive "${card#*:}"
      ;;
    postmaster)
      pg_crash "$PG_PLACE"
      pg_start "$PG_PLACE" 9>&- && service_revive "${VSV_SERVICES[@]}"
      ;;
    backend)
      # PostgreSQL ends all its other backends and recovers by itself.
      pid="$(database postgres "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'
        AND pid <> pg_backend_pid() AND datname IN ('partners', 'dossiers') ORDER BY random() LIMIT 1" 2>/dev/null || true)"
      [[ -z "$pid" ]] || kill -KILL "$pid" 2>/dev/null || true
      ;;
    sync)
      name="${SYNC_CLIENTS[RANDOM % ${#SYNC_CLIENTS[@]}]}"
      sync_kill "$name"
      sync_start "$name" "$dir"
      ;;
    import)
      name=$((RANDOM % ${#IMPORTS[@]}))
      import_kill "$name"
      import_start "$name" "$round" "$dir"
      ;;
    everything)
      for service in "${VSV_SERVICES[@]}"; do service_kill "$service"; done
      pg_crash "$PG_PLACE"
      pg_start "$PG_PLACE" 9>&- && service_revive "${VSV_SERVICES[@]}"
      ;;
  esac
}
