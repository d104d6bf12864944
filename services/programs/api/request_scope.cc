#include "services/programs/api/request_scope.h"

#include "libs/aip/request_id.h"
#include "libs/base/hash.h"
#include "libs/base/status_macros.h"

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

#include <memory>

namespace vsv::programs {
namespace {

std::string BodyHash(const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> body(request.New());
  body->CopyFrom(request);
  const google::protobuf::FieldDescriptor* id =
      body->GetDescriptor()->FindFieldByName("request_id");
  if (id != nullptr) body->GetReflection()->ClearField(body.get(), id);
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    body->SerializeToCodedStream(&coded);
  }
  return base::Sha256(bytes);
}

}  // namespace

absl::StatusOr<RequestScope> ScopeOf(const rpc::CallContext& call,
                                     const google::protobuf::Message& request,
                                     const std::string& request_id) {
  VSV_ASSIGN_OR_RETURN(std::string id, aip::CanonicalRequestId(request_id));
  return RequestScope{.caller = call.caller.organisation_id,
                      .method = call.method,
                      .request_id = std::move(id),
                      .body_hash = BodyHash(request)};
}

}  // namespace vsv::programs
