#include "services/dossiers/domain/warm_handover_rules.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/dossiers/domain/age_rules.h"
#include "services/dossiers/domain/change.h"
#include "services/dossiers/domain/dossier_rules.h"
#include "services/dossiers/domain/names.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <array>
#include <utility>

namespace vsv::dossiers {
namespace {

using enum HandoverState;

constexpr int kFollowUpAfterDays = 42;  // six weeks after the start

struct Step {
  HandoverState to;
  HandoverState from;
  bool receiving_only;
};

constexpr std::array kSteps = {
    Step{kNeeded, kNotNeeded, false},  Step{kPlanned, kNeeded, false},
    Step{kPlanned, kPlanned, false},   Step{kHeld, kPlanned, false},
    Step{kSupportAgreed, kHeld, true}, Step{kFollowedUp, kSupportAgreed, true},
    Step{kDeclined, kNeeded, false},   Step{kDeclined, kPlanned, false},
};

absl::Status CheckActor(const DossierRow& row, const Asker& asker, bool receiving_only) {
  if (Receives(row.dossier, asker.organisation)) return absl::OkStatus();
  if (receiving_only) return errors::RoleRequired("the receiving institution alone does this");
  if (asker.organisation == row.dossier.delivering) return absl::OkStatus();
  return errors::RoleRequired("the delivering and the receiving organisation do this");
}

absl::Status CheckState(const DossierRow& row, HandoverState to) {
  if (row.dossier.state == DossierState::kWithdrawn) {
    return errors::StateConflict("the dossier is WITHDRAWN", {{"state", "WITHDRAWN"}});
  }
  std::vector<absl::string_view> needed;
  for (const Step& step : kSteps) {
    if (step.to != to) continue;
    if (step.from == row.handover.state) return absl::OkStatus();
    needed.push_back(Name(step.from));
  }
  return errors::StateConflict(
      absl::StrCat("the handover is ", Name(row.handover.state), "; this needs ",
                   absl::StrJoin(needed, " or ")),
      {{"state", std::string(Name(row.handover.state))}, {"needed", absl::StrJoin(needed, ",")}});
}

// The change that brings the handover to `to`, once actor and state are right.
absl::StatusOr<DossierChange> Advance(const DossierRow& row, const Asker& asker, HandoverState to,
                                      absl::string_view operation) {
  const bool receiving_only = to == kSupportAgreed || to == kFollowedUp;
  VSV_RETURN_IF_ERROR(CheckActor(row, asker, receiving_only));
  VSV_RETURN_IF_ERROR(CheckState(row, to));
  DossierChange change = BeginChange(row, operation);
  change.handover = row.handover;
  change.handover->state = to;
  return change;
}

}  // namespace

absl::StatusOr<DossierChange> RequireHandover(const DossierRow& row, const Asker& asker,
                                              std::optional<absl::CivilDay> due_on) {
  VSV_ASSIGN_OR_RETURN(DossierChange change, Advance(row, asker, kNeeded, "REQUIRE_WARM_HANDOVER"));
  change.handover = InitialHandover(true, row.dossier.school_year);
  if (due_on.has_value()) change.handover->due_on = due_on;
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> PlanHandover(const DossierRow& row, const Asker& asker,
                                           absl::CivilDay planned_on) {
  VSV_ASSIGN_OR_RETURN(DossierChange change, Advance(row, asker, kPlanned, "PLAN_WARM_HANDOVER"));
  change.handover->planned_on = planned_on;
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> HoldHandover(const DossierRow& row, const Asker& asker,
                                           absl::CivilDay held_on,
                                           std::vector<Participant> participants) {
  VSV_ASSIGN_OR_RETURN(DossierChange change, Advance(row, asker, kHeld, "HOLD_WARM_HANDOVER"));
  change.handover->held_on = held_on;
  change.handover->participants = std::move(participants);
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> DeclineHandover(const DossierRow& row, const Asker& asker,
                                              std::string reason) {
  VSV_ASSIGN_OR_RETURN(DossierChange change,
                       Advance(row, asker, kDeclined, "DECLINE_WARM_HANDOVER"));
  change.handover->due_on.reset();
  change.handover_texts.declined_reason = std::move(reason);
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> AgreeSupport(const DossierRow& row, const Asker& asker,
                                           SupportAgreement agreement) {
  VSV_ASSIGN_OR_RETURN(DossierChange change, Advance(row, asker, kSupportAgreed, "AGREE_SUPPORT"));
  const Person decider = Decider(row.dossier.birth_on, agreement.agreed_on);
  if (agreement.agreed_by != decider) {
    return errors::Precondition("PERSON_NOT_ENTITLED",
                                "the student agrees from 16, a guardian before",
                                {{"person", std::string(Name(decider))}});
  }
  change.handover->support_agreed_on = agreement.agreed_on;
  change.handover->support_agreed_by = agreement.agreed_by;
  change.handover->first_school_day = agreement.first_school_day;
  change.handover->due_on = agreement.first_school_day + kFollowUpAfterDays;
  change.handover_texts.agreed_support = std::move(agreement.text);
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> FollowUpHandover(const DossierRow& row, const Asker& asker,
                                               absl::CivilDay followed_up_on, std::string outcome) {
  VSV_ASSIGN_OR_RETURN(DossierChange change,
                       Advance(row, asker, kFollowedUp, "FOLLOW_UP_WARM_HANDOVER"));
  change.handover->followed_up_on = followed_up_on;
  change.handover->due_on.reset();
  change.handover_texts.follow_up_outcome = std::move(outcome);
  return WithCounts(row, asker, std::move(change));
}

}  // namespace vsv::dossiers
