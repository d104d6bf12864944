#include "libs/base/status_macros.h"
#include "services/outcomes/api/convert_figure.h"
#include "services/outcomes/api/field_reader.h"
#include "services/outcomes/api/mutation.h"
#include "services/outcomes/api/outcomes_handlers.h"
#include "services/outcomes/api/paging.h"

#include <utility>

namespace vsv::outcomes {

absl::StatusOr<policy::Cleared<v1::Indicator>> IndicatorHandlers::Create(
    const rpc::CallContext& call, const v1::CreateIndicatorRequest& request) {
  FieldReader reader;
  CreateIndicatorCommand command;
  command.mutation = MutationOf(call, request, reader);
  command.indicator = ParseIndicator(request.indicator(), "indicator", reader);
  command.indicator.id = reader.Slug(request.indicator_id(), "indicator_id");
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_ASSIGN_OR_RETURN(const Indicator created,
                       Single(context_.indicators.CreateIndicators({command})));
  return policy::NoPersonalData(ToProto(created));
}

absl::StatusOr<policy::Cleared<v1::Indicator>> IndicatorHandlers::Get(
    const rpc::CallContext& call, const v1::GetIndicatorRequest& request) {
  FieldReader reader;
  const std::string id = reader.Indicator(request.name(), "name");
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_ASSIGN_OR_RETURN(const Indicator found,
                       Single(context_.indicators.GetIndicators({id}, call.deadline)));
  return policy::NoPersonalData(ToProto(found));
}

absl::StatusOr<policy::Cleared<v1::ListIndicatorsResponse>> IndicatorHandlers::List(
    const rpc::CallContext& call, const v1::ListIndicatorsRequest& request) {
  VSV_ASSIGN_OR_RETURN(const Page page, ReadPage(call, request, context_.page_tokens, 1));
  VSV_ASSIGN_OR_RETURN(
      const std::vector<Indicator> rows,
      context_.indicators.ListIndicators({page.After(0), page.limit(), call.deadline}));
  v1::ListIndicatorsResponse response;
  if (const Indicator* last = page.Fill(rows, *response.mutable_indicators())) {
    response.set_next_page_token(
        context_.page_tokens.Make(request, call.caller.organisation_id, {last->id}));
  }
  return policy::NoPersonalData(std::move(response));
}

}  // namespace vsv::outcomes
