// Use cases of the dossier as a resource: create, get, list, update.
#pragma once

#include "libs/aip/page_token.h"
#include "libs/base/clock.h"
#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/dossiers/domain/dossier_store.h"

#include "vsv/dossiers/v1/dossier_requests.pb.h"
#include "vsv/dossiers/v1/import_service.pb.h"

#include "absl/status/statusor.h"

namespace vsv::dossiers {

// Thread-safe; the references must outlive it.
class DossierHandlers {
 public:
  using Reply = absl::StatusOr<policy::Cleared<v1::Dossier>>;

  DossierHandlers(DossierStore& store, const aip::PageTokens& tokens, const base::Clock& clock)
      : store_(store), tokens_(tokens), clock_(clock) {}

  Reply Create(const rpc::CallContext& call, const v1::CreateDossierRequest& request);
  absl::StatusOr<policy::Cleared<v1::BatchCreateDossiersResponse>> BatchCreate(
      const rpc::CallContext& call, const v1::BatchCreateDossiersRequest& request);
  // One message of an import.
  absl::StatusOr<policy::Cleared<v1::ImportDossiersResponse>> Import(
      const rpc::CallContext& call, const v1::ImportDossiersRequest& request);
  Reply Get(const rpc::CallContext& call, const v1::GetDossierRequest& request);
  absl::StatusOr<policy::Cleared<v1::ListDossiersResponse>> List(
      const rpc::CallContext& call, const v1::ListDossiersRequest& request);
  Reply Update(const rpc::CallContext& call, const v1::UpdateDossierRequest& request);

 private:
  DossierStore& store_;
  const aip::PageTokens& tokens_;
  const base::Clock& clock_;
};

}  // namespace vsv::dossiers
