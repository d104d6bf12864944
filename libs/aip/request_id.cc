#include "libs/aip/request_id.h"

#include "libs/base/hash.h"
#include "libs/base/uuid.h"
#include "libs/errors/errors.h"

#include "absl/strings/ascii.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

#include <memory>

namespace vsv::aip {

absl::StatusOr<std::string> CanonicalRequestId(absl::string_view text) {
  std::string id = absl::AsciiStrToLower(text);
  if (!base::IsUuid(id) || id == "00000000-0000-0000-0000-000000000000") {
    return errors::FieldInvalid("request_id",
                                "must be a UUID, e.g. 7d3f1c3e-9a55-4c55-8f0e-2b6d1f0a9c11");
  }
  return id;
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

}  // namespace vsv::aip
