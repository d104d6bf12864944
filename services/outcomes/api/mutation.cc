#include "services/outcomes/api/mutation.h"

#include "libs/base/hash.h"

#include "absl/strings/strip.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

#include <memory>

namespace vsv::outcomes {

namespace {

// "OUTCOME_MONITORING" for PURPOSE_OUTCOME_MONITORING.
std::string PurposeName(policy::v1::Purpose purpose) {
  return std::string(absl::StripPrefix(policy::v1::Purpose_Name(purpose), "PURPOSE_"));
}

}  // namespace

Call CallOf(const rpc::CallContext& call) {
  return {call.caller.organisation_id,
          call.caller.acting_organisation_id,
          PurposeName(call.caller.purpose),
          call.method,
          call.trace_id,
          call.start_time,
          call.deadline};
}

std::string BodyHash(const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> body(request.New());
  body->CopyFrom(request);
  const auto* const field = body->GetDescriptor()->FindFieldByName("request_id");
  if (field != nullptr) body->GetReflection()->ClearField(body.get(), field);
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    body->SerializeToCodedStream(&coded);
  }
  return base::Sha256(bytes);
}

}  // namespace vsv::outcomes
