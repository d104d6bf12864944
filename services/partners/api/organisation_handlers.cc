#include "services/partners/api/organisation_handlers.h"

#include "libs/base/status_macros.h"
#include "services/partners/api/convert.h"
#include "services/partners/api/mutation.h"
#include "services/partners/api/paging.h"
#include "services/partners/api/parse_organisation.h"

#include <optional>
#include <utility>
#include <vector>

namespace vsv::partners {

absl::StatusOr<policy::Cleared<v1::Organisation>> OrganisationHandlers::Create(
    const rpc::CallContext& call, const v1::CreateOrganisationRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseCreate(call, request, context_.clock));
  VSV_ASSIGN_OR_RETURN(const auto created,
                       Single(context_.stores.organisations.Create({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(created));
}

absl::StatusOr<policy::Cleared<v1::Organisation>> OrganisationHandlers::Get(
    const rpc::CallContext& call, const v1::GetOrganisationRequest& request) {
  FieldReader reader;
  const Key key{.parent = "", .id = reader.OrganisationName(request.name(), "name").value()};
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_ASSIGN_OR_RETURN(const auto found,
                       Single(context_.stores.organisations.Get({key}, call.deadline)));
  return policy::NoPersonalData(ToProto(found));
}

absl::StatusOr<policy::Cleared<v1::BatchGetOrganisationsResponse>> OrganisationHandlers::BatchGet(
    const rpc::CallContext& call, const v1::BatchGetOrganisationsRequest& request) {
  VSV_ASSIGN_OR_RETURN(const std::vector<Key> keys, ParseBatchGet(request));
  v1::BatchGetOrganisationsResponse response;
  const std::vector<absl::StatusOr<Organisation>> found =
      context_.stores.organisations.Get(keys, call.deadline);
  for (size_t i = 0; i < found.size(); ++i) {
    if (found[i].ok()) {
      *response.add_organisations() = ToProto(*found[i]);
    } else if (errors::ReasonOf(found[i].status()) == "ORGANISATION_NOT_FOUND") {
      errors::Detail detail;
      detail.reason = "ORGANISATION_NOT_FOUND";
      detail.metadata = {{"name", request.names(static_cast<int>(i))}};
      return errors::Make(absl::StatusCode::kNotFound, found[i].status().message(),
                          std::move(detail));
    } else {
      return found[i].status();
    }
  }
  return policy::NoPersonalData(std::move(response));
}

absl::StatusOr<policy::Cleared<v1::ListOrganisationsResponse>> OrganisationHandlers::List(
    const rpc::CallContext& call, const v1::ListOrganisationsRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto query, ParseList(call, request));
  return ListPage<v1::ListOrganisationsResponse>(
      call, request, context_.stores.organisations, query, context_.page_tokens,
      aip::PageSizeLimits(),
      [](v1::ListOrganisationsResponse* response) { return response->mutable_organisations(); });
}

absl::StatusOr<policy::Cleared<v1::Organisation>> OrganisationHandlers::Update(
    const rpc::CallContext& call, const v1::UpdateOrganisationRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseUpdate(call, request));
  VSV_ASSIGN_OR_RETURN(const auto changed,
                       Single(context_.stores.organisations.Change({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(changed));
}

absl::StatusOr<policy::Cleared<v1::Organisation>> OrganisationHandlers::Suspend(
    const rpc::CallContext& call, const v1::SuspendOrganisationRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseSuspend(call, request));
  VSV_ASSIGN_OR_RETURN(const auto changed,
                       Single(context_.stores.organisations.Change({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(changed));
}

absl::StatusOr<policy::Cleared<v1::Organisation>> OrganisationHandlers::Reinstate(
    const rpc::CallContext& call, const v1::ReinstateOrganisationRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseReinstate(call, request));
  VSV_ASSIGN_OR_RETURN(const auto changed,
                       Single(context_.stores.organisations.Change({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(changed));
}

}  // namespace vsv::partners
