#include "services/dossiers/domain/consent.h"

namespace vsv::dossiers {

bool Carries(const Consent& consent, absl::CivilDay day) {
  return !consent.withdrawn_at.has_value() && consent.valid_from <= day &&
         day <= consent.valid_until;
}

}  // namespace vsv::dossiers
