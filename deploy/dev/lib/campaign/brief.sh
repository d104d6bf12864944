# shellcheck shell=bash
# one short round of each of the others on one system; ./run test runs it with a fixed seed

BRIEF_PARTS=(kill fault overload flood)
for BRIEF_PART in "${BRIEF_PARTS[@]}"; do
  # shellcheck source=/dev/null
  source "$CAMPAIGN_LIB/$BRIEF_PART.sh"
done

# The strikes that hit writes between commit and answer. What is measured is judged less strictly than in the campaigns
# themselves, because in three seconds beside other work a machine tells little about speed; of a flood only that the
# server survives it with its memory under the cap.
# shellcheck disable=SC2034 # read by the campaigns
brief_settings() {
  KILL_STRIKES=3 KILL_DECK=(kill:dossiers postmaster sync)
  FAULT_STRIKES=3 FAULT_DECK=(halfopen:service-postgres descriptors:dossiers drop:client-partners)
  OVERLOAD_SECONDS=3 OVERLOAD_RECOVERY=4 OVERLOAD_GOOD_SHARE=0.25
  FLOOD_ATTACKS=(continuation) FLOOD_SECONDS=3 FLOOD_CONNECTIONS=8 FLOOD_SLOWER=1000 FLOOD_LOST=1000
}

campaign_brief_begin() {
  brief_settings
  fault_proxies
  system_begin
}

campaign_brief_end() { campaign_fault_end; }

campaign_brief() {
  local part number=0 failed=0
  for part in "${BRIEF_PARTS[@]}"; do
    mkdir -p "$3/$part"
    # Each makes resources of its own, by the number of the round.
    "campaign_$part" $(($1 * 10 + number)) "$2" "$3/$part" || { failed=1; say "  BROKEN: $part"; }
    ((number += 1))
  done
  return "$failed"
}

campaign_brief_check() {
  local part failed=0
  brief_settings
  for part in "${BRIEF_PARTS[@]}"; do
    "campaign_${part}_check" "$1/$part" || failed=1
  done
  return "$failed"
}
