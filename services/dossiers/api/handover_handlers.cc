#include "services/dossiers/api/handover_handlers.h"

#include "libs/base/local_date.h"
#include "services/dossiers/api/checks.h"
#include "services/dossiers/api/convert_related.h"
#include "services/dossiers/api/enums.h"
#include "services/dossiers/api/mutation.h"
#include "services/dossiers/domain/related_rules.h"
#include "services/dossiers/domain/warm_handover_rules.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {
namespace {

// At least the receiving institution and one more, none twice.
std::vector<Participant> ParseParticipants(const v1::HoldWarmHandoverRequest& request,
                                           Checks& checks) {
  std::set<int> distinct(request.participants().begin(), request.participants().end());
  checks.Require(distinct.contains(v1::PARTICIPANT_RECEIVING) && distinct.size() > 1,
                 "participants", "expected the receiving institution and at least one more");
  checks.Require(static_cast<int>(distinct.size()) == request.participants_size() &&
                     !distinct.contains(v1::PARTICIPANT_UNSPECIFIED),
                 "participants", "expected each participant once");
  std::vector<Participant> participants;
  for (const int participant : distinct)
    participants.push_back(FromProto<Participant>(participant));
  return participants;
}

void ValidateOutcome(const v1::FirstYearOutcome& outcome, Checks& checks) {
  const bool left = outcome.status() != v1::FIRST_YEAR_STATUS_STILL_ENROLLED;
  const std::string expected =
      left ? "required unless STILL_ENROLLED" : "must be empty when STILL_ENROLLED";
  checks.Require(left == (outcome.reason() != v1::FIRST_YEAR_REASON_UNSPECIFIED), "outcome.reason",
                 expected);
  checks.Require(left == (outcome.destination() != v1::FIRST_YEAR_DESTINATION_UNSPECIFIED),
                 "outcome.destination", expected);
}

}  // namespace

HandoverHandlers::Reply HandoverHandlers::Require(const rpc::CallContext& call,
                                                  const v1::RequireWarmHandoverRequest& request) {
  Checks checks(request);
  std::optional<absl::CivilDay> due_on;
  if (request.has_due_date()) due_on = ParseDay(request.due_date());
  return MutateByName(store_, call, request, checks,
                      [due_on](const DossierRow& row, const Asker& asker) {
                        return RequireHandover(row, asker, due_on);
                      });
}

HandoverHandlers::Reply HandoverHandlers::Plan(const rpc::CallContext& call,
                                               const v1::PlanWarmHandoverRequest& request) {
  Checks checks(request);
  const absl::CivilDay planned_on = ParseDay(request.planned_date());
  return MutateByName(store_, call, request, checks,
                      [planned_on](const DossierRow& row, const Asker& asker) {
                        return PlanHandover(row, asker, planned_on);
                      });
}

HandoverHandlers::Reply HandoverHandlers::Hold(const rpc::CallContext& call,
                                               const v1::HoldWarmHandoverRequest& request) {
  Checks checks(request);
  checks.NotAfter(request.held_date(), base::LocalDay(call.start_time), "held_date");
  const std::vector<Participant> participants = ParseParticipants(request, checks);
  const absl::CivilDay held_on = ParseDay(request.held_date());
  return MutateByName(store_, call, request, checks,
                      [held_on, participants](const DossierRow& row, const Asker& asker) {
                        return HoldHandover(row, asker, held_on, participants);
                      });
}

HandoverHandlers::Reply HandoverHandlers::AgreeSupport(const rpc::CallContext& call,
                                                       const v1::AgreeSupportRequest& request) {
  Checks checks(request);
  checks.NotAfter(request.agreed_date(), base::LocalDay(call.start_time), "agreed_date");
  const SupportAgreement agreement{ParseDay(request.agreed_date()),
                                   FromProto<Person>(request.agreed_by()),
                                   ParseDay(request.first_school_date()), request.agreed_support()};
  return MutateByName(store_, call, request, checks,
                      [agreement](const DossierRow& row, const Asker& asker) {
                        return dossiers::AgreeSupport(row, asker, agreement);
                      });
}

HandoverHandlers::Reply HandoverHandlers::FollowUp(const rpc::CallContext& call,
                                                   const v1::FollowUpWarmHandoverRequest& request) {
  Checks checks(request);
  checks.NotAfter(request.followed_up_date(), base::LocalDay(call.start_time), "followed_up_date");
  const absl::CivilDay on = ParseDay(request.followed_up_date());
  const std::string outcome = request.outcome();
  return MutateByName(store_, call, request, checks,
                      [on, outcome](const DossierRow& row, const Asker& asker) {
                        return FollowUpHandover(row, asker, on, outcome);
                      });
}

HandoverHandlers::Reply HandoverHandlers::Decline(const rpc::CallContext& call,
                                                  const v1::DeclineWarmHandoverRequest& request) {
  Checks checks(request);
  const std::string reason = request.reason();
  return MutateByName(store_, call, request, checks,
                      [reason](const DossierRow& row, const Asker& asker) {
                        return DeclineHandover(row, asker, reason);
                      });
}

HandoverHandlers::Reply HandoverHandlers::RecordFirstYear(
    const rpc::CallContext& call, const v1::RecordFirstYearOutcomeRequest& request) {
  Checks checks(request);
  ValidateOutcome(request.outcome(), checks);
  const FirstYearOutcome outcome = ParseFirstYear(request.outcome());
  return MutateByName(store_, call, request, checks,
                      [outcome](const DossierRow& row, const Asker& asker) {
                        return dossiers::RecordFirstYear(row, asker, outcome);
                      });
}

}  // namespace vsv::dossiers
