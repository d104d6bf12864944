#include "services/partners/domain/agreement.h"

#include "libs/base/local_date.h"

#include "absl/strings/str_cat.h"

#include <algorithm>

namespace vsv::partners {

namespace {

bool Within(const std::set<std::string>& part, const std::set<std::string>& whole) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

void CheckParty(const AgreementParty& party, const Agreement& agreement, const std::string& path,
                std::vector<errors::Violation>& violations) {
  const bool receives = party.direction != PartyDirection::kProvides;
  if (receives && party.purposes.empty()) {
    errors::AddViolation(violations, path + ".purposes",
                         "a party that receives needs at least one purpose");
  }
  if (receives && party.data_categories.empty()) {
    errors::AddViolation(violations, path + ".data_categories",
                         "a party that receives needs at least one data category");
  }
  if (!receives && !party.purposes.empty()) {
    errors::AddViolation(violations, path + ".purposes",
                         "must be empty for a party that only provides");
  }
  if (!receives && !party.data_categories.empty()) {
    errors::AddViolation(violations, path + ".data_categories",
                         "must be empty for a party that only provides");
  }
  if (!Within(party.purposes, agreement.purposes)) {
    errors::AddViolation(violations, path + ".purposes",
                         "must be among the purposes of the agreement");
  }
  if (!Within(party.data_categories, agreement.data_categories)) {
    errors::AddViolation(violations, path + ".data_categories",
                         "must be among the data categories of the agreement");
  }
}

}  // namespace

std::vector<errors::Violation> CheckConsistency(const Agreement& agreement) {
  std::vector<errors::Violation> violations;
  std::set<std::string> seen;
  bool provides = false;
  bool receives = false;
  for (size_t i = 0; i < agreement.parties.size(); ++i) {
    const AgreementParty& party = agreement.parties[i];
    const std::string path = absl::StrCat("agreement.parties[", i, "]");
    if (!seen.insert(party.organisation.value()).second) {
      errors::AddViolation(violations, path + ".organisation", "is named twice");
    }
    provides = provides || party.direction != PartyDirection::kReceives;
    receives = receives || party.direction != PartyDirection::kProvides;
    CheckParty(party, agreement, path, violations);
  }
  if (!provides) errors::AddViolation(violations, "agreement.parties", "no party provides data");
  if (!receives) errors::AddViolation(violations, "agreement.parties", "no party receives data");
  if (!seen.contains(agreement.controller.value())) {
    errors::AddViolation(violations, "agreement.controller", "must be one of the parties");
  }
  return violations;
}

absl::StatusOr<Agreement> Sign(const Agreement& current, absl::CivilDay signed_on,
                               absl::CivilDay today) {
  if (current.state != AgreementState::kDraft) {
    return errors::StateConflict("only a draft can be signed",
                                 {{"state", std::string(NameOf(current.state))}});
  }
  if (signed_on > today) {
    return errors::FieldInvalid("signing_date", "must not be in the future");
  }
  Agreement next = current;
  next.state = AgreementState::kSigned;
  next.signed_on = signed_on;
  return next;
}

absl::StatusOr<Agreement> Terminate(const Agreement& current, absl::CivilDay terminated_on) {
  // What was announced can be brought forward, not put off.
  const bool is_earlier =
      current.terminated_on.has_value() && terminated_on < *current.terminated_on;
  if (current.state != AgreementState::kSigned && !is_earlier) {
    return errors::StateConflict(
        "only a signed agreement can be terminated, or one earlier than it was",
        {{"state", std::string(NameOf(current.state))}});
  }
  if (terminated_on < *current.signed_on) {
    return errors::FieldInvalid("termination_date",
                                absl::StrCat("must not be before the day of signing, ",
                                             base::FormatIsoDate(*current.signed_on)));
  }
  Agreement next = current;
  next.state = AgreementState::kTerminated;
  next.terminated_on = terminated_on;
  return next;
}

bool InForce(const Agreement& agreement, absl::CivilDay day) {
  return agreement.signed_on && *agreement.signed_on <= day && agreement.validity.Contains(day) &&
         (!agreement.terminated_on || day < *agreement.terminated_on);
}

}  // namespace vsv::partners
