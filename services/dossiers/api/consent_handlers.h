// Use cases of consents.
#pragma once

#include "libs/base/clock.h"
#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/dossiers/domain/dossier_store.h"
#include "services/dossiers/domain/related_store.h"

#include "vsv/dossiers/v1/related_requests.pb.h"

#include "absl/status/statusor.h"

namespace vsv::dossiers {

// Thread-safe; the references must outlive it.
class ConsentHandlers {
 public:
  using Reply = absl::StatusOr<policy::Cleared<v1::Consent>>;
  using ListReply = absl::StatusOr<policy::Cleared<v1::ListConsentsResponse>>;

  ConsentHandlers(DossierStore& dossiers, RelatedStore& related, const base::Clock& clock)
      : dossiers_(dossiers), related_(related), clock_(clock) {}

  Reply Record(const rpc::CallContext& call, const v1::RecordConsentRequest& request);
  Reply Withdraw(const rpc::CallContext& call, const v1::WithdrawConsentRequest& request);
  ListReply List(const rpc::CallContext& call, const v1::ListConsentsRequest& request);

 private:
  DossierStore& dossiers_;
  RelatedStore& related_;
  const base::Clock& clock_;
};

}  // namespace vsv::dossiers
