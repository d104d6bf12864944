# shellcheck shell=bash
# one short round of each of the others on one system; ./run test runs it with a fixed seed

for BRIEF_PART in kill overload; do
  # shellcheck source=/dev/null
  source "$CAMPAIGN_LIB/$BRIEF_PART.sh"
done

campaign_brief_begin() {
  system_begin
  # The strikes that hit writes between commit and answer. The share of goodput is lower than promised: in three seconds
  # beside other tests a machine tells little about speed.
  # shellcheck disable=SC2034 # read by the campaigns
  KILL_STRIKES=4 KILL_DECK=(kill:dossiers kill:partners postmaster sync) OVERLOAD_SECONDS=3 OVERLOAD_RECOVERY=4
  # shellcheck disable=SC2034
  OVERLOAD_GOOD_SHARE=0.4
}
campaign_brief_end() { system_end; }

campaign_brief() {
  local part failed=0
  for part in kill overload; do
    mkdir -p "$3/$part"
    "campaign_$part" "$1" "$2" "$3/$part" || { failed=1; say "  BROKEN: $part"; }
  done
  return "$failed"
}

campaign_brief_check() {
  local part failed=0
  for part in kill overload; do
    "campaign_${part}_check" "$1/$part" || failed=1
  done
  return "$failed"
}
