// What all mutations have in common: the request id, and one command in a batch of one.
#pragma once

#include "libs/aip/request_id.h"
#include "libs/base/clock.h"
#include "libs/rpc/call_context.h"
#include "services/partners/api/field_reader.h"
#include "services/partners/domain/register_store.h"

#include "absl/status/statusor.h"

#include <utility>
#include <vector>

namespace vsv::partners {

// The first and only verdict.
template <typename T>
absl::StatusOr<T> Single(std::vector<absl::StatusOr<T>> verdicts) {
  return std::move(verdicts.at(0));
}

// The key of a mutation; notes what is wrong with `request_id`.
template <typename Request>
RequestKey RequestKeyOf(const rpc::CallContext& call, const Request& request, FieldReader& reader) {
  return {.caller = call.caller.organisation_id,
          .method = call.method,
          .request_id = reader.RequestId(request.request_id()),
          .body_hash = aip::BodyHash(request)};
}

// A change by state: what the transitions of all resources send. `decide` is their rule.
template <typename T, typename Request>
ChangeCommand<T> ChangeOf(const rpc::CallContext& call, const Request& request, Key key,
                          bool etag_required, FieldReader& reader,
                          std::function<absl::StatusOr<T>(const T&)> decide) {
  ChangeCommand<T> command;
  command.request = RequestKeyOf(call, request, reader);
  command.key = std::move(key);
  command.expected_version = reader.Etag(request.etag(), "etag", etag_required);
  command.now = call.start_time;
  command.decide = std::move(decide);
  command.validate_only = request.validate_only();
  return command;
}

}  // namespace vsv::partners
