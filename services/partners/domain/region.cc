#include "services/partners/domain/region.h"

#include "libs/base/local_date.h"
#include "libs/errors/errors.h"

#include "absl/strings/str_cat.h"

namespace vsv::partners {

namespace {

bool IsSchool(OrganisationKind kind) {
  switch (kind) {
    case OrganisationKind::kVoSchool:
    case OrganisationKind::kProSchool:
    case OrganisationKind::kVsoSchool:
    case OrganisationKind::kIsk:
    case OrganisationKind::kVavo:
    case OrganisationKind::kMboInstitution:
      return true;
    default:
      return false;
  }
}

template <typename T>
absl::StatusOr<T> EndAt(const T& current, absl::CivilDay last_day) {
  if (last_day < current.validity.from) {
    return errors::FieldInvalid("end_date",
                                absl::StrCat("must not be before the first day, ",
                                             base::FormatIsoDate(current.validity.from)));
  }
  if (current.validity.until && *current.validity.until <= last_day) {
    return errors::StateConflict("it ends on or before that day already",
                                 {{"end_date", base::FormatIsoDate(*current.validity.until)}});
  }
  T next = current;
  next.validity.until = last_day;
  return next;
}

}  // namespace

absl::Status CheckEligible(ProgrammeRoleKind role, OrganisationKind kind) {
  bool eligible = true;
  switch (role) {
    case ProgrammeRoleKind::kContactMunicipality:
    case ProgrammeRoleKind::kCentralMunicipality:
      eligible = kind == OrganisationKind::kMunicipality;
      break;
    case ProgrammeRoleKind::kContactSchool:
      eligible = IsSchool(kind);
      break;
    case ProgrammeRoleKind::kUnspecified:
    case ProgrammeRoleKind::kLeadOrganisation:
    case ProgrammeRoleKind::kPartner:
      break;
  }
  if (eligible) return absl::OkStatus();
  return errors::Precondition(
      "KIND_NOT_ELIGIBLE",
      absl::StrCat("an organisation of kind ", NameOf(kind), " cannot be ", NameOf(role)),
      {{"kind", std::string(NameOf(kind))}});
}

absl::StatusOr<RegionMembership> End(const RegionMembership& current, absl::CivilDay last_day) {
  return EndAt(current, last_day);
}

absl::StatusOr<ProgrammeRole> End(const ProgrammeRole& current, absl::CivilDay last_day) {
  return EndAt(current, last_day);
}

}  // namespace vsv::partners
