#include "services/partners/api/authorisation_handlers.h"

#include "libs/base/status_macros.h"
#include "services/partners/api/convert.h"
#include "services/partners/api/mutation.h"
#include "services/partners/api/paging.h"
#include "services/partners/api/parse_authorisation.h"

#include <optional>
#include <utility>
#include <vector>

namespace vsv::partners {

absl::StatusOr<policy::Cleared<v1::Mandate>> AuthorisationHandlers::CreateMandate(
    const rpc::CallContext& call, const v1::CreateMandateRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseCreate(call, request, context_.clock));
  VSV_ASSIGN_OR_RETURN(const auto created,
                       Single(context_.stores.mandates.Create({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(created));
}

absl::StatusOr<policy::Cleared<v1::Mandate>> AuthorisationHandlers::RevokeMandate(
    const rpc::CallContext& call, const v1::RevokeMandateRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseRevoke(call, request));
  VSV_ASSIGN_OR_RETURN(const auto changed,
                       Single(context_.stores.mandates.Change({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(changed));
}

absl::StatusOr<policy::Cleared<v1::ListMandatesResponse>> AuthorisationHandlers::ListMandates(
    const rpc::CallContext& call, const v1::ListMandatesRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto query, ParseList(request));
  return ListPage<v1::ListMandatesResponse>(
      call, request, context_.stores.mandates, query, context_.page_tokens, aip::PageSizeLimits(),
      [](v1::ListMandatesResponse* response) { return response->mutable_mandates(); });
}

absl::StatusOr<policy::Cleared<v1::Credential>> AuthorisationHandlers::CreateCredential(
    const rpc::CallContext& call, const v1::CreateCredentialRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseCreate(call, request));
  VSV_ASSIGN_OR_RETURN(const auto created,
                       Single(context_.stores.credentials.Create({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(created));
}

absl::StatusOr<policy::Cleared<v1::Credential>> AuthorisationHandlers::RevokeCredential(
    const rpc::CallContext& call, const v1::RevokeCredentialRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseRevoke(call, request));
  VSV_ASSIGN_OR_RETURN(const auto changed,
                       Single(context_.stores.credentials.Change({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(changed));
}

absl::StatusOr<policy::Cleared<v1::ListCredentialsResponse>> AuthorisationHandlers::ListCredentials(
    const rpc::CallContext& call, const v1::ListCredentialsRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto query, ParseList(request));
  return ListPage<v1::ListCredentialsResponse>(
      call, request, context_.stores.credentials, query, context_.page_tokens,
      aip::PageSizeLimits(),
      [](v1::ListCredentialsResponse* response) { return response->mutable_credentials(); });
}

}  // namespace vsv::partners
