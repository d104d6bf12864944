// Calls and requests for tests of handlers.
#pragma once

#include "libs/rpc/call_context.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/text_format.h"

#include <string>

namespace vsv::outcomes {

// A call by an organisation in a role.
inline rpc::CallContext CallBy(const std::string& organisation, policy::v1::Role role) {
  rpc::CallContext call;
  call.caller.organisation_id = organisation;
  call.caller.acting_organisation_id = organisation;
  call.caller.roles = {role};
  call.caller.purpose = policy::v1::PURPOSE_OUTCOME_MONITORING;
  call.method = "/vsv.outcomes.v1.Test/Method";
  call.trace_id = std::string(32, 'b');
  call.start_time = absl::FromUnixSeconds(1'700'000'000);
  call.deadline = absl::Now() + absl::Seconds(30);
  return call;
}

inline std::string RequestId(int number) {
  return absl::StrCat("00000000-0000-7000-8000-", absl::Dec(number, absl::kZeroPad12));
}

// A message from text format. Aborts on a text that is none.
template <typename Message>
Message FromText(const std::string& text) {
  Message message;
  if (!google::protobuf::TextFormat::ParseFromString(text, &message)) std::abort();
  return message;
}

}  // namespace vsv::outcomes
