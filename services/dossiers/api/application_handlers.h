// Use cases of applications.
#pragma once

#include "libs/aip/page_token.h"
#include "libs/base/clock.h"
#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/dossiers/domain/dossier_store.h"
#include "services/dossiers/domain/related_store.h"

#include "vsv/dossiers/v1/related_requests.pb.h"

#include "absl/status/statusor.h"

namespace vsv::dossiers {

// Thread-safe; the references must outlive it.
class ApplicationHandlers {
 public:
  using Reply = absl::StatusOr<policy::Cleared<v1::Application>>;
  using ListReply = absl::StatusOr<policy::Cleared<v1::ListApplicationsResponse>>;

  ApplicationHandlers(DossierStore& dossiers, RelatedStore& related, const aip::PageTokens& tokens,
                      const base::Clock& clock)
      : dossiers_(dossiers), related_(related), tokens_(tokens), clock_(clock) {}

  Reply Create(const rpc::CallContext& call, const v1::CreateApplicationRequest& request);
  Reply Get(const rpc::CallContext& call, const v1::GetApplicationRequest& request);
  ListReply List(const rpc::CallContext& call, const v1::ListApplicationsRequest& request);
  Reply OfferPlace(const rpc::CallContext& call, const v1::OfferPlaceRequest& request);
  Reply EnrolApplicant(const rpc::CallContext& call, const v1::EnrolApplicantRequest& request);
  Reply Close(const rpc::CallContext& call, const v1::CloseApplicationRequest& request);

 private:
  DossierStore& dossiers_;
  RelatedStore& related_;
  const aip::PageTokens& tokens_;
  const base::Clock& clock_;
};

}  // namespace vsv::dossiers
