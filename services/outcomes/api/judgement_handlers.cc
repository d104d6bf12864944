// The methods of AmbitionHandlers that judge.
#include "libs/aip/proto_time.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/outcomes/api/convert_ambition.h"
#include "services/outcomes/api/convert_figure.h"
#include "services/outcomes/api/field_reader.h"
#include "services/outcomes/api/mutation.h"
#include "services/outcomes/api/outcomes_handlers.h"
#include "services/outcomes/domain/indicator_status.h"

#include "absl/strings/str_cat.h"

#include <map>
#include <optional>
#include <utility>

namespace vsv::outcomes {
namespace {

constexpr int kMostQueries = 100;

absl::Time AsKnown(const rpc::CallContext& call, bool given,
                   const google::protobuf::Timestamp& time) {
  return given ? aip::FromProto(time) : call.start_time;
}

// The resources by id; what is not found is left out.
template <typename T>
absl::StatusOr<std::map<std::string, T>> Found(std::vector<absl::StatusOr<T>> verdicts) {
  std::map<std::string, T> found;
  for (absl::StatusOr<T>& verdict : verdicts) {
    if (verdict.ok()) {
      const std::string id = verdict->id;
      found.emplace(id, *std::move(verdict));
    } else if (!absl::IsNotFound(verdict.status())) {
      return verdict.status();
    }
  }
  return found;
}

StatusQuestion ParseQuery(const v1::IndicatorStatusQuery& query, const std::string& field,
                          FieldReader& reader) {
  StatusQuestion question;
  question.indicator_id = reader.Indicator(query.indicator(), field + ".indicator");
  question.organisation_id = reader.Organisation(query.organisation(), field + ".organisation");
  question.level = reader.Level(query.level(), field + ".level");
  if (!query.ambition().empty()) {
    question.ambition_id = reader.Ambition(query.ambition(), field + ".ambition");
  }
  return question;
}

v1::IndicatorStatus ToProto(const v1::IndicatorStatusQuery& query, const IndicatorStatus& status) {
  v1::IndicatorStatus proto;
  proto.set_indicator(query.indicator());
  if (status.unit.has_value()) proto.set_unit(EnumToProto<v1::MeasureUnit>(*status.unit));
  if (status.figure.has_value()) *proto.mutable_figure() = outcomes::ToProto(*status.figure);
  if (status.target.has_value()) *proto.mutable_target() = outcomes::ToProto(*status.target);
  proto.set_outcome(EnumToProto<v1::Outcome>(status.outcome));
  proto.set_explanation(status.explanation);
  return proto;
}

// Reads what the questions are about, in three statements however many they are.
absl::StatusOr<StatusFacts> ReadFacts(const OutcomesContext& context,
                                      const std::vector<StatusQuestion>& questions,
                                      absl::Time as_known, absl::Time deadline) {
  std::vector<std::string> indicators;
  std::vector<std::string> ambitions;
  for (const StatusQuestion& question : questions) {
    indicators.push_back(question.indicator_id);
    if (question.ambition_id.has_value()) ambitions.push_back(*question.ambition_id);
  }
  StatusFacts facts;
  VSV_ASSIGN_OR_RETURN(facts.indicators,
                       Found(context.indicators.GetIndicators(indicators, deadline)));
  VSV_ASSIGN_OR_RETURN(facts.ambitions, Found(context.ambitions.GetAmbitions(ambitions, deadline)));
  std::vector<SlicesQuery> queries;
  queries.reserve(questions.size());
  for (const StatusQuestion& question : questions) {
    queries.push_back({question.indicator_id, DefinitionFor(question, facts),
                       question.organisation_id, question.level, as_known});
  }
  VSV_ASSIGN_OR_RETURN(facts.figures, context.figures.GetSlices(queries, deadline));
  return facts;
}

}  // namespace

absl::StatusOr<policy::Cleared<v1::Judgement>> AmbitionHandlers::Judge(
    const rpc::CallContext& call, const v1::JudgeAmbitionRequest& request) {
  FieldReader reader;
  const std::string id = reader.Ambition(request.name(), "name");
  std::optional<Period> period;
  if (!request.period().empty()) period = reader.Period(request.period(), "period");
  VSV_RETURN_IF_ERROR(reader.status());
  const absl::Time as_known = AsKnown(call, request.has_as_known_time(), request.as_known_time());
  VSV_ASSIGN_OR_RETURN(const Ambition ambition,
                       Single(context_.ambitions.GetAmbitions({id}, call.deadline)));
  if (period.has_value() && !ambition.CanBeJudgedIn(*period)) {
    return errors::FieldInvalid("period",
                                "must be of the kind of the ambition's baseline and later than it");
  }
  VSV_ASSIGN_OR_RETURN(const Indicator indicator, Single(context_.indicators.GetIndicators(
                                                      {ambition.indicator_id}, call.deadline)));
  VSV_ASSIGN_OR_RETURN(const std::vector<std::vector<Figure>> figures,
                       context_.figures.GetSlices({SlicesOf(ambition, as_known)}, call.deadline));
  if (!period.has_value()) period = LastMeasuredPeriod(ambition, figures[0]);
  if (!period.has_value()) {
    return errors::Precondition("PERIOD_NOT_MEASURED",
                                "nothing has been measured since the baseline of the ambition");
  }
  v1::Judgement judgement =
      outcomes::ToProto(ambition, JudgeAmbition(ambition, indicator, figures[0], *period));
  *judgement.mutable_as_known_time() = aip::ToProto(as_known);
  return policy::NoPersonalData(std::move(judgement));
}

absl::StatusOr<policy::Cleared<v1::BatchGetIndicatorStatusesResponse>>
AmbitionHandlers::GetStatuses(const rpc::CallContext& call,
                              const v1::BatchGetIndicatorStatusesRequest& request) {
  FieldReader reader;
  if (request.queries_size() < 1 || request.queries_size() > kMostQueries) {
    reader.Violate("queries", "must be 1 to 100");
    return reader.status();
  }
  std::vector<StatusQuestion> questions;
  questions.reserve(static_cast<size_t>(request.queries_size()));
  for (int i = 0; i < request.queries_size(); ++i) {
    questions.push_back(ParseQuery(request.queries(i), absl::StrCat("queries[", i, "]"), reader));
  }
  VSV_RETURN_IF_ERROR(reader.status());
  const absl::Time as_known = AsKnown(call, request.has_as_known_time(), request.as_known_time());
  VSV_ASSIGN_OR_RETURN(const StatusFacts facts,
                       ReadFacts(context_, questions, as_known, call.deadline));
  v1::BatchGetIndicatorStatusesResponse response;
  for (size_t i = 0; i < questions.size(); ++i) {
    *response.add_statuses() = ToProto(request.queries(static_cast<int>(i)),
                                       StatusOf(questions[i], facts, facts.figures[i]));
  }
  return policy::NoPersonalData(std::move(response));
}

}  // namespace vsv::outcomes
