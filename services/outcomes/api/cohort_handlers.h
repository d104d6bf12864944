// Use cases of cohorts and of the legal count.
#pragma once

#include "libs/aip/page_token.h"
#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/outcomes/api/pupil_keys.h"
#include "services/outcomes/domain/cohort_store.h"

#include "vsv/outcomes/v1/cohort_requests.pb.h"

#include "absl/status/statusor.h"

#include <cstdint>

namespace vsv::outcomes {

// What the handlers work with. Everything outlives them.
struct CohortContext {
  CohortStore& cohorts;
  const aip::PageTokens& page_tokens;
  const PupilKeys& pupil_keys;
  int64_t disclosure_threshold = kDefaultDisclosureThreshold;
};

// Thread-safe.
class CohortHandlers {
 public:
  explicit CohortHandlers(CohortContext context) : context_(context) {}

  absl::StatusOr<policy::Cleared<v1::Cohort>> Create(const rpc::CallContext& call,
                                                     const v1::CreateCohortRequest& request);
  absl::StatusOr<policy::Cleared<v1::Cohort>> Get(const rpc::CallContext& call,
                                                  const v1::GetCohortRequest& request);
  absl::StatusOr<policy::Cleared<v1::ListCohortsResponse>> List(
      const rpc::CallContext& call, const v1::ListCohortsRequest& request);
  absl::StatusOr<policy::Cleared<v1::ImportCohortRecordsResponse>> ImportRecords(
      const rpc::CallContext& call, const v1::ImportCohortRecordsRequest& request);
  absl::StatusOr<policy::Cleared<v1::Cohort>> Close(const rpc::CallContext& call,
                                                    const v1::CloseCohortRequest& request);
  absl::StatusOr<policy::Cleared<v1::CohortCount>> Count(const rpc::CallContext& call,
                                                         const v1::CountCohortRequest& request);
  absl::StatusOr<policy::Cleared<v1::ListCountDecisionsResponse>> ListDecisions(
      const rpc::CallContext& call, const v1::ListCountDecisionsRequest& request);

 private:
  CohortContext context_;
};

}  // namespace vsv::outcomes
