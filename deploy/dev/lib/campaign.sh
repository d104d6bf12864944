# shellcheck shell=bash
# ./run campaign: long attacks on a running system, in rounds. Each campaign is a file campaign/<name>.sh whose first line
# after the shellcheck one says what it does, with these functions:
#
#   campaign_<name>_begin              once, before the first round: build, start what all rounds need (optional)
#   campaign_<name> ROUND SEED DIR     the attack of one round; its history goes to DIR; fails when it saw a promise broken
#   campaign_<name>_end                once, whatever happened (optional)
#   campaign_<name>_check DIR          judges that history: at the end of the round, and whenever it is asked for again (optional)
#
# One that attacks parts of its own names them in CAMPAIGN_CHOICES and gets those that were asked for in CAMPAIGN_CHOSEN.
# They read CAMPAIGN_NAME, CAMPAIGN_DIR and CAMPAIGN_SECONDS (what all rounds together are to take). A round's seed follows from the
# campaign's seed and the round's number, so that a round can be run again alone.

CAMPAIGN_LIB="$VSV_ROOT/deploy/dev/lib/campaign"

campaign_list() {
  local file
  for file in "$CAMPAIGN_LIB"/*.sh; do
    [[ -f "$file" ]] || continue
    printf '  %-10s %s\n' "$(basename "$file" .sh)" "$(sed -n '2s/^# //p' "$file")"
  done
}

# campaign_load NAME: its functions; dies when there is no such campaign.
campaign_load() {
  local file="$CAMPAIGN_LIB/$1.sh"
  if ! [[ "$1" =~ ^[a-z]+$ && -f "$file" ]]; then
    printf "run: there is no campaign '%s'; there are:\n" "$1" >&2
    campaign_list >&2
    exit 2
  fi
  # shellcheck source=/dev/null
  source "$file"
}

# campaign_builds: whether programs are to be built first, or taken as they are (--no-build).
campaign_builds() { [[ "$CAMPAIGN_BUILD" == yes ]]; }

campaign_has() { declare -F "$1" >/dev/null; }

# campaign_number VALUE OPTION: dies unless it is a number from 1.
campaign_number() {
  [[ "$1" =~ ^[1-9][0-9]{0,8}$ ]] || die "$2 takes a number from 1, not '$1'"
}

# campaign_options ARGUMENTS...
campaign_options() {
  CAMPAIGN_CHOSEN=()
  CAMPAIGN_SECONDS="" CAMPAIGN_ROUNDS=0 CAMPAIGN_SEED="" CAMPAIGN_DIR="" CAMPAIGN_BUILD=yes
  while (($#)); do
    case "$1" in
      --seconds | --rounds | --seed)
        (($# >= 2)) || die "$1 needs a number"
        campaign_number "$2" "$1"
        printf -v "CAMPAIGN_$(tr '[:lower:]' '[:upper:]' <<<"${1#--}")" %s "$2"
        shift 2
        ;;
      --resume)
        [[ -f "${2:-}/campaign" ]] || die "--resume needs the directory of a campaign, such as var/campaign/kill-..."
        CAMPAIGN_DIR="$(cd "$2" && pwd)"
        shift 2
        ;;
      --no-build)
        CAMPAIGN_BUILD=no
        shift
        ;;
      *)
        [[ "$1" =~ ^[a-z_]+$ && " ${CAMPAIGN_CHOICES:-} " == *" $1 "* ]] ||
          die "unexpected argument '$1'" "${CAMPAIGN_CHOICES:+one or more of: $CAMPAIGN_CHOICES; }see: ./run help"
        CAMPAIGN_CHOSEN+=("$1")
        shift
        ;;
    esac
  done
  # Rounds that were asked for take as long as they take.
  CAMPAIGN_BOUND="${CAMPAIGN_SECONDS:-$((CAMPAIGN_ROUNDS > 0 ? 1000000 : 300))}"
  CAMPAIGN_SECONDS="${CAMPAIGN_SECONDS:-300}"
}

# campaign_open NAME: a new directory, or the one to go on with and its seed. The file `campaign` holds name and seed,
# `rounds` a line for each round done: number, seed, verdict, seconds.
campaign_open() {
  local kept_name kept_seed
  CAMPAIGN_ROUND=1
  if [[ -n "$CAMPAIGN_DIR" ]]; then
    read -r kept_name kept_seed <"$CAMPAIGN_DIR/campaign"
    [[ "$kept_name" == "$1" ]] || die "$CAMPAIGN_DIR holds a campaign '$kept_name'"
    [[ -z "$CAMPAIGN_SEED" || "$CAMPAIGN_SEED" == "$kept_seed" ]] || die "that campaign has seed $kept_seed"
    CAMPAIGN_SEED="$kept_seed"
    CAMPAIGN_ROUND=$(($(wc -l <"$CAMPAIGN_DIR/rounds") + 1))
    return
  fi
  CAMPAIGN_SEED="${CAMPAIGN_SEED:-$((RANDOM * 32768 + RANDOM + 1))}"
  mkdir -p "$VSV_HOME/campaign"
  CAMPAIGN_DIR="$(mktemp -d "$VSV_HOME/campaign/$1-$(date -u +%Y%m%dT%H%M%SZ)-XXXXXX")"
  chmod 0755 "$CAMPAIGN_DIR" # PostgreSQL of a campaign runs as another user
  printf '%s %s\n' "$1" "$CAMPAIGN_SEED" >"$CAMPAIGN_DIR/campaign"
  : >"$CAMPAIGN_DIR/rounds"
}

# campaign_attack DIR COMMAND...: what it saw of promises, which no history tells, stays in DIR/attack: kept or broken. What it
# began in the background ends with it, however it ended.
campaign_attack() {
  local dir="$1" verdict=kept before pid
  shift
  before=" $(jobs -pr | tr '\n' ' ')"
  "$@" || verdict=broken
  for pid in $(jobs -pr); do
    [[ "$before" != *" $pid "* ]] || continue
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  echo "$verdict" >"$dir/attack"
}

# campaign_judge NAME DIR: by what its attack saw, and by its history. An attack that was cut off saw nothing.
campaign_judge() {
  local status=0
  [[ "$(cat "$2/attack" 2>/dev/null)" == kept ]] || { echo "  BROKEN the attack itself, or cut off"; status=1; }
  ! campaign_has "campaign_$1_check" || "campaign_$1_check" "$2" || status=1
  return "$status"
}

# campaign_rounds NAME: until --rounds or --seconds are over; goes on after a round that failed, and fails in the end.
campaign_rounds() {
  local name="$1" began=$SECONDS last failed=0 round seed dir status verdict round_began
  last=$((CAMPAIGN_ROUNDS > 0 ? CAMPAIGN_ROUND + CAMPAIGN_ROUNDS - 1 : 1000000))
  for ((round = CAMPAIGN_ROUND; round <= last && SECONDS - began < CAMPAIGN_BOUND; ++round)); do
    seed=$((CAMPAIGN_SEED + round - 1)) dir="$CAMPAIGN_DIR/round-$round" status=0 verdict=kept round_began=$SECONDS
    rm -rf "$dir" # of a round that was cut off
    mkdir -p "$dir"
    say "$name, round $round (seed $seed)"
    campaign_attack "$dir" "campaign_$name" "$round" "$seed" "$dir"
    campaign_judge "$name" "$dir" || status=$?
    ((status == 0)) || { verdict=broken; ((failed += 1)); say "  round $round BROKE A PROMISE; its history: $dir"; }
    printf '%d %d %s %d\n' "$round" "$seed" "$verdict" $((SECONDS - round_began)) >>"$CAMPAIGN_DIR/rounds"
  done
  say "$name: $((round - CAMPAIGN_ROUND)) rounds, $failed broke a promise; kept in $CAMPAIGN_DIR"
  ((failed == 0))
}

# campaign_trap: what was begun is ended, however ./run ends. Once more after anything that sets traps of its own.
campaign_trap() {
  trap campaign_finish EXIT
  trap 'exit 130' INT TERM
}

campaign_finish() {
  trap - EXIT INT TERM
  ! campaign_has "campaign_${CAMPAIGN_NAME}_end" || "campaign_${CAMPAIGN_NAME}_end"
}

# campaign_check DIR: every kept round of a campaign is judged again.
campaign_check() {
  local name _ dir failed=0
  [[ -f "${1:-}/campaign" ]] || die "check needs the directory of a campaign, such as var/campaign/kill-..."
  read -r name _ <"$1/campaign"
  campaign_load "$name"
  campaign_has "campaign_${name}_check" || die "the campaign '$name' keeps no history to judge again"
  for dir in "$1"/round-*; do
    if campaign_judge "$name" "$dir"; then
      say "$(basename "$dir"): all promises kept"
    else
      failed=1
      say "$(basename "$dir"): a promise was broken"
    fi
  done
  return "$failed"
}

command_campaign() {
  local name="${1:-list}" status=0
  (($# == 0)) || shift
  case "$name" in
    list) campaign_list; return ;;
    check) campaign_check "$@"; return ;;
  esac
  campaign_load "$name"
  CAMPAIGN_NAME="$name"
  campaign_options "$@"
  campaign_open "$name"
  say "campaign $name, seed $CAMPAIGN_SEED, in $CAMPAIGN_DIR"
  campaign_trap
  ! campaign_has "campaign_${name}_begin" || "campaign_${name}_begin"
  campaign_rounds "$name" || status=$?
  campaign_finish
  return "$status"
}
