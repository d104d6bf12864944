# shellcheck shell=bash
# one short round of kill, fault, overload and flood on one system; ./run test runs it with a fixed seed

BRIEF_PARTS=(kill fault overload flood)
for BRIEF_PART in "${BRIEF_PARTS[@]}"; do
  # shellcheck source=/dev/null
  source "$CAMPAIGN_LIB/$BRIEF_PART.sh"
done

# The strikes that hit writes between commit and answer. Of overload and flood what does not go by speed, of which seconds on
# any machine tell nothing: that takings back go first, all comes back, nothing works for nobody, no call of others fails and
# memory stays under its cap. What is taken back may be late where the machine was, and is lost for the most part if it waits
# like all else.
# shellcheck disable=SC2034 # read by the campaigns
brief_settings() {
  KILL_STRIKES=4 KILL_DECK=(kill:dossiers postmaster sync import)
  FAULT_STRIKES=3 FAULT_DECK=(halfopen:service-postgres descriptors:dossiers drop:client-partners)
  IMPORT_ROWS=80
  OVERLOAD_SECONDS=3 OVERLOAD_RECOVERY=8 OVERLOAD_OFFERED=2 OVERLOAD_GOOD_SHARE=0.1 OVERLOAD_LOST_SHARE=0.25
  FLOOD_ATTACKS=(rapidreset) FLOOD_SECONDS=3 FLOOD_CONNECTIONS=8 FLOOD_SLOWER=1000
}

campaign_brief_begin() {
  brief_settings
  system_programs # the proxies are of Node.js
  fault_proxies
  system_begin
  # shellcheck disable=SC2034 # read by the campaigns
  CLIENT_PROCESSORS="$(own_processors | paste -sd,)" # shared with the servers: one may be all there is
}

campaign_brief_end() { campaign_fault_end; }

campaign_brief() {
  local part number
  for part in "${BRIEF_PARTS[@]}"; do
    mkdir -p "$3/$part"
    # By its number a round of kill or fault takes organisations and pupils. One of overload takes so many pupils that a
    # summer has enough for seven (kRoundsOfAYear of overload_main.cc): the first summer belongs to the other two, and the two
    # left suffice for 14 rounds.
    number="$1"
    case "$part" in
      kill) number=$(($1 * 2)) ;;
      fault) number=$(($1 * 2 + 1)) ;;
      overload) number=$(($1 + 7)) ;;
    esac
    campaign_attack "$3/$part" "campaign_$part" "$number" "$2" "$3/$part"
  done
}

campaign_brief_check() {
  local part failed=0
  brief_settings
  for part in "${BRIEF_PARTS[@]}"; do
    campaign_judge "$part" "$1/$part" || { failed=1; say "  BROKEN: $part"; }
  done
  return "$failed"
}
