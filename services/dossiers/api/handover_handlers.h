// Use cases of the warm handover and the first-year monitor.
#pragma once

#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/dossiers/domain/dossier_store.h"

#include "vsv/dossiers/v1/dossier.pb.h"
#include "vsv/dossiers/v1/handover_requests.pb.h"

#include "absl/status/statusor.h"

namespace vsv::dossiers {

// Thread-safe; the store must outlive it.
class HandoverHandlers {
 public:
  using Reply = absl::StatusOr<policy::Cleared<v1::Dossier>>;

  explicit HandoverHandlers(DossierStore& store) : store_(store) {}

  Reply Require(const rpc::CallContext& call, const v1::RequireWarmHandoverRequest& request);
  Reply Plan(const rpc::CallContext& call, const v1::PlanWarmHandoverRequest& request);
  Reply Hold(const rpc::CallContext& call, const v1::HoldWarmHandoverRequest& request);
  Reply AgreeSupport(const rpc::CallContext& call, const v1::AgreeSupportRequest& request);
  Reply FollowUp(const rpc::CallContext& call, const v1::FollowUpWarmHandoverRequest& request);
  Reply Decline(const rpc::CallContext& call, const v1::DeclineWarmHandoverRequest& request);
  Reply RecordFirstYear(const rpc::CallContext& call,
                        const v1::RecordFirstYearOutcomeRequest& request);

 private:
  DossierStore& store_;
};

}  // namespace vsv::dossiers
