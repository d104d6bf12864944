// What all calls have in common: who asks, and the key of a mutation.
#pragma once

#include "libs/aip/request_id.h"
#include "libs/rpc/call_context.h"
#include "services/outcomes/api/field_reader.h"
#include "services/outcomes/domain/call.h"

#include "absl/status/statusor.h"

#include <string>
#include <utility>
#include <vector>

namespace vsv::outcomes {

Call CallOf(const rpc::CallContext& call);

// Notes what is wrong with `request_id`.
template <typename Request>
Mutation MutationOf(const rpc::CallContext& call, const Request& request, FieldReader& reader) {
  return {CallOf(call),
          {reader.RequestId(request.request_id()), aip::BodyHash(request)},
          request.validate_only()};
}

// The first and only verdict of a batch of one.
template <typename T>
absl::StatusOr<T> Single(std::vector<absl::StatusOr<T>> verdicts) {
  return std::move(verdicts.at(0));
}

}  // namespace vsv::outcomes
