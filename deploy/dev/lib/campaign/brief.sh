# shellcheck shell=bash
# one short round of kill and of fault on one system; ./run test runs it with a fixed seed

BRIEF_PARTS=(kill fault)
for BRIEF_PART in "${BRIEF_PARTS[@]}"; do
  # shellcheck source=/dev/null
  source "$CAMPAIGN_LIB/$BRIEF_PART.sh"
done

# The strikes that hit writes between commit and answer. What is judged by speed (overload, flood) is left to campaigns of
# its own: a few seconds beside other tests tell nothing about it.
# shellcheck disable=SC2034 # read by the campaigns
brief_settings() {
  KILL_STRIKES=4 KILL_DECK=(kill:dossiers postmaster sync import)
  FAULT_STRIKES=3 FAULT_DECK=(halfopen:service-postgres descriptors:dossiers drop:client-partners)
  IMPORT_ROWS=80
}

campaign_brief_begin() {
  brief_settings
  system_programs # the proxies are of Node.js
  fault_proxies
  system_begin
}

campaign_brief_end() { campaign_fault_end; }

campaign_brief() {
  local part number=0
  for part in "${BRIEF_PARTS[@]}"; do
    mkdir -p "$3/$part"
    # Each makes resources of its own, by the number of the round.
    campaign_attack "$3/$part" "campaign_$part" $(($1 * 10 + number)) "$2" "$3/$part"
    ((number += 1))
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
