// Toestemming in the sense of the AVG: one category, one recipient, one purpose, one period.
#pragma once

#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/category.h"
#include "services/dossiers/domain/dossier.h"
#include "services/dossiers/domain/ids.h"

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <optional>
#include <string>

namespace vsv::dossiers {

// Never changed after it was recorded, except that it is withdrawn.
struct Consent {
  ConsentId id;
  Category category = Category::kExtraCare;
  OrganisationId recipient;
  Purpose purpose = Purpose::kTransition;
  absl::CivilDay valid_from;   // first day
  absl::CivilDay valid_until;  // last day, inclusive
  Person given_by = Person::kPupil;
  absl::CivilDay given_on;
  std::string evidence;  // 1..200 characters
  OrganisationId recorded_by;
  absl::Time recorded_at;
  std::optional<absl::Time> withdrawn_at;  // works at once and forward
};

// True when the consent carries a delivery on `day`.
bool Carries(const Consent& consent, absl::CivilDay day);

}  // namespace vsv::dossiers
