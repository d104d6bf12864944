#include "services/outcomes/api/cohort_handlers.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/outcomes/api/convert_cohort.h"
#include "services/outcomes/api/field_reader.h"
#include "services/outcomes/api/mutation.h"
#include "services/outcomes/api/paging.h"

#include <optional>
#include <utility>

namespace vsv::outcomes {
namespace {

CohortName ReadName(absl::string_view name, FieldReader& reader) {
  const std::vector<std::string> ids = reader.Cohort(name, "name");
  return {ids[0], ids[1]};
}

// What an institution is granted on its own records. RESTRICTED_COUNT is granted to nobody: B3
// tells of an exemption and C7 of detention, and schools learn neither.
policy::CategorySet GrantedToOwner() {
  return {policy::v1::DATA_CATEGORY_ADMINISTRATIVE, policy::v1::DATA_CATEGORY_CAREER};
}

}  // namespace

absl::StatusOr<policy::Cleared<v1::Cohort>> CohortHandlers::Create(
    const rpc::CallContext& call, const v1::CreateCohortRequest& request) {
  FieldReader reader;
  CreateCohortCommand command;
  command.mutation = MutationOf(call, request, reader);
  command.cohort.region_id = reader.Region(request.parent(), "parent");
  command.cohort.id = reader.Slug(request.cohort_id(), "cohort_id");
  command.cohort.institution_id = call.caller.organisation_id;
  command.cohort.count_on = reader.Day(request.cohort().count_date(), "cohort.count_date");
  if (command.cohort.count_on.month() != 10 || command.cohort.count_on.day() != 1) {
    reader.Violate("cohort.count_date", "must be a 1 October");
  }
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_ASSIGN_OR_RETURN(const Cohort created, Single(context_.cohorts.CreateCohorts({command})));
  return policy::NoPersonalData(ToProto(created));
}

absl::StatusOr<policy::Cleared<v1::Cohort>> CohortHandlers::Get(
    const rpc::CallContext& call, const v1::GetCohortRequest& request) {
  FieldReader reader;
  const CohortName name = ReadName(request.name(), reader);
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_ASSIGN_OR_RETURN(const Cohort found,
                       Single(context_.cohorts.GetCohorts({name}, call.deadline)));
  return policy::NoPersonalData(ToProto(found));
}

absl::StatusOr<policy::Cleared<v1::ListCohortsResponse>> CohortHandlers::List(
    const rpc::CallContext& call, const v1::ListCohortsRequest& request) {
  VSV_ASSIGN_OR_RETURN(const Page page, ReadPage(call, request, context_.page_tokens, 1));
  FieldReader reader;
  const std::string region = reader.Region(request.parent(), "parent");
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_ASSIGN_OR_RETURN(
      const std::vector<Cohort> rows,
      context_.cohorts.ListCohorts({region, page.After(0), page.limit(), call.deadline}));
  v1::ListCohortsResponse response;
  if (const Cohort* last = page.Fill(rows, *response.mutable_cohorts())) {
    response.set_next_page_token(
        context_.page_tokens.Make(request, call.caller.organisation_id, {last->id}));
  }
  return policy::NoPersonalData(std::move(response));
}

absl::StatusOr<policy::Cleared<v1::Cohort>> CohortHandlers::Close(
    const rpc::CallContext& call, const v1::CloseCohortRequest& request) {
  FieldReader reader;
  CloseCohortCommand command;
  command.mutation = MutationOf(call, request, reader);
  command.cohort = ReadName(request.name(), reader);
  command.expected_version = reader.Etag(request.etag(), "etag", /*required=*/true);
  command.threshold = context_.disclosure_threshold;
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_ASSIGN_OR_RETURN(const Cohort closed, Single(context_.cohorts.CloseCohorts({command})));
  return policy::NoPersonalData(ToProto(closed));
}

absl::StatusOr<policy::Cleared<v1::CohortCount>> CohortHandlers::Count(
    const rpc::CallContext& call, const v1::CountCohortRequest& request) {
  FieldReader reader;
  CountCommand command;
  command.call = CallOf(call);
  command.cohort = ReadName(request.name(), reader);
  if (request.dimension() != v1::COUNT_DIMENSION_UNSPECIFIED) {
    command.dimension = reader.Value<CountDimension>(request.dimension(), "dimension");
  }
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_ASSIGN_OR_RETURN(const Cohort cohort,
                       Single(context_.cohorts.GetCohorts({command.cohort}, call.deadline)));
  if (cohort.institution_id == call.caller.organisation_id) {
    VSV_ASSIGN_OR_RETURN(const std::vector<SliceCount> slices, context_.cohorts.Count(command));
    return policy::NoPersonalData(ToProto(cohort, command.dimension, slices));
  }
  if (command.dimension != CountDimension::kLevel) {
    return errors::Precondition("TABLE_NOT_PUBLISHED",
                                "others than the institution may see the table by level alone");
  }
  VSV_ASSIGN_OR_RETURN(const std::vector<PublishedRow> rows,
                       context_.cohorts.GetPublication(command.cohort, call.deadline));
  return policy::NoPersonalData(ToProto(cohort, rows));
}

absl::StatusOr<policy::Cleared<v1::ListCountDecisionsResponse>> CohortHandlers::ListDecisions(
    const rpc::CallContext& call, const v1::ListCountDecisionsRequest& request) {
  VSV_ASSIGN_OR_RETURN(const Page page, ReadPage(call, request, context_.page_tokens, 1));
  FieldReader reader;
  ListDecisionsCommand command;
  command.call = CallOf(call);
  command.cohort = ReadName(request.name(), reader);
  if (request.outcome() != v1::COUNT_OUTCOME_UNSPECIFIED) {
    command.outcome = reader.Value<CountOutcome>(request.outcome(), "outcome");
  }
  command.after = page.After(0);
  command.limit = page.size();
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_ASSIGN_OR_RETURN(const DecisionPage found, context_.cohorts.ListDecisions(command));
  v1::ListCountDecisionsResponse response;
  if (found.more) {
    response.set_next_page_token(context_.page_tokens.Make(request, call.caller.organisation_id,
                                                           {found.pupils.back().record_reference}));
  }
  std::vector<policy::Cleared<v1::CountDecision>> decisions;
  decisions.reserve(found.pupils.size());
  for (const CohortPupil& row : found.pupils) {
    decisions.push_back(policy::Redact(ToProto(row), GrantedToOwner()));
  }
  return policy::Assemble(
      std::move(response), std::move(decisions),
      [](v1::ListCountDecisionsResponse* shell) { return shell->mutable_decisions(); });
}

}  // namespace vsv::outcomes
