#include "services/partners/api/mutation.h"

#include "libs/aip/request_id.h"
#include "libs/base/hash.h"

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

#include <memory>

namespace vsv::partners {

std::string BodyHash(const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> body(request.New());
  body->CopyFrom(request);
  if (const auto* field = body->GetDescriptor()->FindFieldByName("request_id")) {
    body->GetReflection()->ClearField(body.get(), field);
  }
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    body->SerializeToCodedStream(&coded);
  }
  return base::Sha256(bytes);
}

std::string internal::CanonicalId(absl::string_view request_id, FieldReader& reader) {
  absl::StatusOr<std::string> canonical = aip::CanonicalRequestId(request_id);
  if (canonical.ok()) return *std::move(canonical);
  if (const auto detail = errors::DetailOf(canonical.status()))
    reader.ViolateAll(detail->violations);
  return "";
}

}  // namespace vsv::partners
