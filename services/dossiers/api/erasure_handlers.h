// Use case of erasure.
#pragma once

#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/dossiers/domain/dossier_store.h"

#include "vsv/dossiers/v1/erasure.pb.h"

#include "absl/status/statusor.h"

namespace vsv::dossiers {

// Thread-safe; the store must outlive it.
class ErasureHandlers {
 public:
  using Reply = absl::StatusOr<policy::Cleared<v1::EraseDossierResponse>>;

  explicit ErasureHandlers(DossierStore& store) : store_(store) {}

  Reply Erase(const rpc::CallContext& call, const v1::EraseDossierRequest& request);

 private:
  DossierStore& store_;
};

}  // namespace vsv::dossiers
