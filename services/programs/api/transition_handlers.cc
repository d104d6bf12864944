#include "services/programs/api/transition_handlers.h"

#include "libs/aip/etag.h"
#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "services/programs/api/field_reader.h"
#include "services/programs/api/measure_api.h"
#include "services/programs/api/request_scope.h"
#include "services/programs/api/resource_handlers.h"

#include <functional>
#include <string>
#include <utility>

namespace vsv::programs {
namespace {

constexpr size_t kSentence = 1000;

// The day in the request, or today when it has none; never in the future.
absl::CivilDay DayOf(const rpc::CallContext& call, bool given, const google::type::Date& date,
                     absl::string_view field, FieldReader& reader) {
  const absl::CivilDay today = base::LocalDay(call.start_time);
  if (!given) return today;
  const absl::CivilDay day = reader.Day(date, field);
  if (day > today) reader.Violate(field, "must not lie in the future");
  return day;
}

}  // namespace

template <typename Request>
TransitionHandlers::MeasureReply TransitionHandlers::Change(
    const rpc::CallContext& call, const Request& request,
    std::function<absl::StatusOr<Measure>(const Measure&)> change) const {
  const auto name = ParseMeasureName(request.name());
  if (!name) {
    return errors::FieldInvalid("name",
                                absl::StrCat("must be of the form ", Api<Measure>::kNameForm));
  }
  UpdateCommand<Measure> command;
  command.name = *name;
  VSV_ASSIGN_OR_RETURN(command.scope, ScopeOf(call, request, request.request_id()));
  VSV_ASSIGN_OR_RETURN(command.expected_version, aip::ExpectedVersion(request.etag()));
  VSV_RETURN_IF_ERROR(permissions_.MayWrite(call, *name));
  command.change = std::move(change);
  return Answer<Measure>(call, stores_.measures.Update({command}, call.deadline).front());
}

TransitionHandlers::MeasureReply TransitionHandlers::Start(
    const rpc::CallContext& call, const v1::StartMeasureRequest& request) const {
  FieldReader reader;
  const absl::CivilDay day =
      DayOf(call, request.has_start_date(), request.start_date(), "start_date", reader);
  VSV_RETURN_IF_ERROR(reader.status());
  return Change(call, request,
                [day](const Measure& measure) { return programs::Start(measure, day); });
}

TransitionHandlers::MeasureReply TransitionHandlers::Reach(
    const rpc::CallContext& call, const v1::ReachMilestoneRequest& request) const {
  FieldReader reader;
  const std::string id = reader.Slug(request.milestone_id(), "milestone_id");
  const absl::CivilDay day =
      DayOf(call, request.has_done_date(), request.done_date(), "done_date", reader);
  VSV_RETURN_IF_ERROR(reader.status());
  return Change(call, request,
                [&id, day](const Measure& measure) { return ReachMilestone(measure, id, day); });
}

TransitionHandlers::MeasureReply TransitionHandlers::Complete(
    const rpc::CallContext& call, const v1::CompleteMeasureRequest& request) const {
  FieldReader reader;
  const absl::CivilDay day =
      DayOf(call, request.has_end_date(), request.end_date(), "end_date", reader);
  VSV_RETURN_IF_ERROR(reader.status());
  return Change(call, request,
                [day](const Measure& measure) { return programs::Complete(measure, day); });
}

TransitionHandlers::MeasureReply TransitionHandlers::Stop(
    const rpc::CallContext& call, const v1::StopMeasureRequest& request) const {
  FieldReader reader;
  const std::string reason = reader.Text(request.reason(), "reason", 1, kSentence);
  const absl::CivilDay day =
      DayOf(call, request.has_end_date(), request.end_date(), "end_date", reader);
  VSV_RETURN_IF_ERROR(reader.status());
  return Change(call, request, [&reason, day](const Measure& measure) {
    return programs::Stop(measure, reason, day);
  });
}

TransitionHandlers::AssignmentReply TransitionHandlers::Report(
    const rpc::CallContext& call, const v1::ReportResultRequest& request) const {
  FieldReader reader;
  const auto name = ParseSpecialAssignmentName(request.name());
  if (!name) {
    reader.Violate("name", absl::StrCat("must be of the form ", Api<SpecialAssignment>::kNameForm));
  }
  ResultReport report;
  report.result = reader.Slug(request.result_id(), "result_id");
  if (request.state() < v1::RESULT_STATE_IN_PROGRESS ||
      request.state() > v1::RESULT_STATE_DROPPED) {
    reader.Violate("state", "must be in progress, reached or dropped");
  } else {
    report.state = static_cast<ResultState>(request.state() - 1);  // the enums run alike
  }
  report.day =
      DayOf(call, request.has_reported_date(), request.reported_date(), "reported_date", reader);
  const bool dropped = request.state() == v1::RESULT_STATE_DROPPED;
  report.note = reader.Text(request.note(), "note", dropped ? 1 : 0, kSentence);
  VSV_RETURN_IF_ERROR(reader.status());
  UpdateCommand<SpecialAssignment> command;
  command.name = *name;
  VSV_ASSIGN_OR_RETURN(command.scope, ScopeOf(call, request, request.request_id()));
  VSV_ASSIGN_OR_RETURN(command.expected_version, aip::ExpectedVersion(request.etag()));
  VSV_RETURN_IF_ERROR(permissions_.MayReport(call, *name));
  command.change = [&report](const SpecialAssignment& assignment) {
    return programs::Report(assignment, report);
  };
  return Answer<SpecialAssignment>(call,
                                   stores_.assignments.Update({command}, call.deadline).front());
}

}  // namespace vsv::programs
