#include "services/partners/domain/register_queries.h"

namespace vsv::partners {

Key KeyOf(const Organisation& organisation) {
  return {.parent = "", .id = organisation.id.value()};
}

Key KeyOf(const Region& region) {
  return {.parent = "", .id = region.id.value()};
}

Key KeyOf(const RegionMembership& membership) {
  return {.parent = membership.region.value(), .id = membership.id.value()};
}

Key KeyOf(const ProgrammeRole& role) {
  return {.parent = role.region.value(), .id = role.id.value()};
}

Key KeyOf(const Agreement& agreement) {
  return {.parent = "", .id = agreement.id.value()};
}

Key KeyOf(const Mandate& mandate) {
  return {.parent = mandate.organisation.value(), .id = mandate.id.value()};
}

Key KeyOf(const Credential& credential) {
  return {.parent = credential.organisation.value(), .id = credential.id.value()};
}

}  // namespace vsv::partners
