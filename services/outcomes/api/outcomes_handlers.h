// Use cases of indicators, figures and ambitions.
#pragma once

#include "libs/aip/page_token.h"
#include "libs/base/clock.h"
#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/outcomes/domain/figure_store.h"
#include "services/outcomes/domain/indicator_store.h"

#include "vsv/outcomes/v1/ambition_requests.pb.h"
#include "vsv/outcomes/v1/figure_requests.pb.h"

#include "absl/status/statusor.h"

namespace vsv::outcomes {

// What the handlers work with. Everything outlives them.
struct OutcomesContext {
  IndicatorStore& indicators;
  AmbitionStore& ambitions;
  FigureStore& figures;
  const aip::PageTokens& page_tokens;
  const base::Clock& clock;  // for new ids; "now" of a call is its start time
};

// Thread-safe.
class IndicatorHandlers {
 public:
  explicit IndicatorHandlers(OutcomesContext context) : context_(context) {}

  absl::StatusOr<policy::Cleared<v1::Indicator>> Create(const rpc::CallContext& call,
                                                        const v1::CreateIndicatorRequest& request);
  absl::StatusOr<policy::Cleared<v1::Indicator>> Get(const rpc::CallContext& call,
                                                     const v1::GetIndicatorRequest& request);
  absl::StatusOr<policy::Cleared<v1::ListIndicatorsResponse>> List(
      const rpc::CallContext& call, const v1::ListIndicatorsRequest& request);

 private:
  OutcomesContext context_;
};

// Thread-safe.
class FigureHandlers {
 public:
  explicit FigureHandlers(OutcomesContext context) : context_(context) {}

  absl::StatusOr<policy::Cleared<v1::ImportFiguresResponse>> Import(
      const rpc::CallContext& call, const v1::ImportFiguresRequest& request);
  absl::StatusOr<policy::Cleared<v1::ListFiguresResponse>> List(
      const rpc::CallContext& call, const v1::ListFiguresRequest& request);

 private:
  OutcomesContext context_;
};

// Thread-safe.
class AmbitionHandlers {
 public:
  explicit AmbitionHandlers(OutcomesContext context) : context_(context) {}

  absl::StatusOr<policy::Cleared<v1::Ambition>> Create(const rpc::CallContext& call,
                                                       const v1::CreateAmbitionRequest& request);
  absl::StatusOr<policy::Cleared<v1::Ambition>> Get(const rpc::CallContext& call,
                                                    const v1::GetAmbitionRequest& request);
  absl::StatusOr<policy::Cleared<v1::ListAmbitionsResponse>> List(
      const rpc::CallContext& call, const v1::ListAmbitionsRequest& request);
  absl::StatusOr<policy::Cleared<v1::Ambition>> Update(const rpc::CallContext& call,
                                                       const v1::UpdateAmbitionRequest& request);
  absl::StatusOr<policy::Cleared<v1::Judgement>> Judge(const rpc::CallContext& call,
                                                       const v1::JudgeAmbitionRequest& request);
  absl::StatusOr<policy::Cleared<v1::BatchGetIndicatorStatusesResponse>> GetStatuses(
      const rpc::CallContext& call, const v1::BatchGetIndicatorStatusesRequest& request);

 private:
  OutcomesContext context_;
};

}  // namespace vsv::outcomes
