#include "services/dossiers/domain/course.h"

#include "libs/errors/errors.h"
#include "services/dossiers/domain/names.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <array>
#include <string>

namespace vsv::dossiers {
namespace {

using enum DossierState;

struct Step {
  Event event;
  DossierState from;
  DossierState to;
  bool late_entrant_only = false;
};

// The whole course. A change of content after it was shown must be shown again, so that every write
// from A_DONE on leads to B_IN_PROGRESS.
constexpr std::array kSteps = {
    Step{Event::kWritePartA, kAInProgress, kAInProgress},
    Step{Event::kWritePartA, kADone, kBInProgress},
    Step{Event::kWritePartA, kBInProgress, kBInProgress},
    Step{Event::kWritePartA, kBDone, kBInProgress},
    Step{Event::kWritePartA, kAgreementPending, kBInProgress},
    Step{Event::kWritePartA, kAgreed, kBInProgress},
    Step{Event::kWritePartA, kRejected, kBInProgress},
    Step{Event::kWrite, kADone, kBInProgress},
    Step{Event::kWrite, kBInProgress, kBInProgress},
    Step{Event::kWrite, kBDone, kBInProgress},
    Step{Event::kWrite, kAgreementPending, kBInProgress},
    Step{Event::kWrite, kAgreed, kBInProgress},
    Step{Event::kWrite, kRejected, kBInProgress},
    Step{Event::kCompletePartA, kAInProgress, kADone},
    Step{Event::kCompletePartB, kADone, kBDone, true},
    Step{Event::kCompletePartB, kBInProgress, kBDone},
    Step{Event::kRecordView, kBDone, kAgreementPending},
    Step{Event::kRecordView, kAgreementPending, kAgreementPending},
    Step{Event::kRecordView, kAgreed, kAgreed},
    Step{Event::kConfirmAgreement, kAgreementPending, kAgreed},
    Step{Event::kSend, kAgreed, kSent},
    Step{Event::kAccept, kSent, kAccepted},
    Step{Event::kReject, kSent, kRejected},
    Step{Event::kProcess, kAccepted, kProcessed},
    Step{Event::kWithdraw, kAInProgress, kWithdrawn},
    Step{Event::kWithdraw, kADone, kWithdrawn},
    Step{Event::kWithdraw, kBInProgress, kWithdrawn},
    Step{Event::kWithdraw, kBDone, kWithdrawn},
    Step{Event::kWithdraw, kAgreementPending, kWithdrawn},
    Step{Event::kWithdraw, kAgreed, kWithdrawn},
    Step{Event::kWithdraw, kSent, kWithdrawn},
    Step{Event::kWithdraw, kRejected, kWithdrawn},
    Step{Event::kRecall, kSent, kAgreed},
    Step{Event::kRecall, kAccepted, kAgreed},
    Step{Event::kRecall, kProcessed, kAgreed},
};

// Only the addressee answers, never the sender; all else is the delivering organisation's.
Actor OwnerOf(Event event) {
  switch (event) {
    case Event::kAccept:
    case Event::kReject:
    case Event::kProcess:
      return Actor::kAddressee;
    default:
      return Actor::kDelivering;
  }
}

bool Allows(const Step& step, const Dossier& dossier, Event event) {
  return step.event == event && (dossier.late_entrant || !step.late_entrant_only);
}

}  // namespace

Actor ActorFor(const Dossier& dossier, Event event, const OrganisationId& organisation) {
  const bool delivers = organisation == dossier.delivering;
  const bool receives = dossier.receiving.has_value() && organisation == *dossier.receiving;
  if (delivers && receives) return OwnerOf(event);
  if (delivers) return Actor::kDelivering;
  return receives ? Actor::kAddressee : Actor::kOther;
}

absl::StatusOr<DossierState> Next(const Dossier& dossier, Event event, Actor actor) {
  // A recall follows from an application, whoever closed that.
  if (event != Event::kRecall && actor != OwnerOf(event)) {
    return errors::RoleRequired(OwnerOf(event) == Actor::kAddressee
                                    ? "the addressee of the dossier alone does this"
                                    : "the delivering organisation alone does this");
  }
  std::vector<absl::string_view> needed;
  for (const Step& step : kSteps) {
    if (!Allows(step, dossier, event)) continue;
    if (step.from == dossier.state) return step.to;
    needed.push_back(Name(step.from));
  }
  return errors::StateConflict(
      absl::StrCat("the dossier is ", Name(dossier.state), "; this needs ",
                   absl::StrJoin(needed, " or ")),
      {{"state", std::string(Name(dossier.state))}, {"needed", absl::StrJoin(needed, ",")}});
}

void Enter(Dossier& dossier, DossierState state, absl::Time now) {
  if (dossier.state == state) return;
  dossier.state = state;
  dossier.state_times[state] = now;
}

}  // namespace vsv::dossiers
