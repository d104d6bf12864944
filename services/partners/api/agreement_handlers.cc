#include "services/partners/api/agreement_handlers.h"

#include "libs/base/status_macros.h"
#include "services/partners/api/convert.h"
#include "services/partners/api/mutation.h"
#include "services/partners/api/paging.h"
#include "services/partners/api/parse_agreement.h"

#include <optional>
#include <utility>
#include <vector>

namespace vsv::partners {

namespace {

// An agreement may have hundreds of parties.
constexpr aip::PageSizeLimits kAgreementPages{.default_size = 50, .max_size = 200};

}  // namespace

absl::StatusOr<policy::Cleared<v1::DataSharingAgreement>> AgreementHandlers::Create(
    const rpc::CallContext& call, const v1::CreateAgreementRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseCreate(call, request, context_.clock));
  VSV_ASSIGN_OR_RETURN(const auto created,
                       Single(context_.stores.agreements.Create({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(created));
}

absl::StatusOr<policy::Cleared<v1::DataSharingAgreement>> AgreementHandlers::Get(
    const rpc::CallContext& call, const v1::GetAgreementRequest& request) {
  FieldReader reader;
  const Key key{.parent = "", .id = reader.AgreementName(request.name(), "name").value()};
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_ASSIGN_OR_RETURN(const auto found,
                       Single(context_.stores.agreements.Get({key}, call.deadline)));
  return policy::NoPersonalData(ToProto(found));
}

absl::StatusOr<policy::Cleared<v1::ListAgreementsResponse>> AgreementHandlers::List(
    const rpc::CallContext& call, const v1::ListAgreementsRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto query, ParseList(request));
  return ListPage<v1::ListAgreementsResponse>(
      call, request, context_.stores.agreements, query, context_.page_tokens, kAgreementPages,
      [](v1::ListAgreementsResponse* response) { return response->mutable_agreements(); });
}

absl::StatusOr<policy::Cleared<v1::DataSharingAgreement>> AgreementHandlers::Sign(
    const rpc::CallContext& call, const v1::SignAgreementRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseSign(call, request));
  VSV_ASSIGN_OR_RETURN(const auto changed,
                       Single(context_.stores.agreements.Change({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(changed));
}

absl::StatusOr<policy::Cleared<v1::DataSharingAgreement>> AgreementHandlers::Terminate(
    const rpc::CallContext& call, const v1::TerminateAgreementRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseTerminate(call, request));
  VSV_ASSIGN_OR_RETURN(const auto changed,
                       Single(context_.stores.agreements.Change({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(changed));
}

}  // namespace vsv::partners
