#include "services/dossiers/api/call_asker.h"

#include "libs/aip/request_id.h"
#include "libs/base/hash.h"
#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "services/dossiers/api/enums.h"

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

#include <memory>
#include <string>

namespace vsv::dossiers {

Asker MakeAsker(const rpc::CallContext& call) {
  Asker asker;
  asker.organisation = OrganisationId(call.caller.organisation_id);
  asker.acting_organisation = OrganisationId(call.caller.acting_organisation_id);
  asker.purpose = PurposeFromProto(call.caller.purpose);
  for (const int relation : call.policy.relations()) {
    if (relation != policy::v1::RELATION_NONE)
      asker.relations.push_back(static_cast<Relation>(relation));
  }
  asker.now = call.start_time;
  asker.today = base::LocalDay(call.start_time);
  asker.deadline = call.deadline;
  asker.method = call.method;
  asker.trace_id = call.trace_id;
  return asker;
}

absl::StatusOr<RequestKey> MakeRequestKey(const google::protobuf::Message& request) {
  const google::protobuf::FieldDescriptor* field =
      request.GetDescriptor()->FindFieldByName("request_id");
  VSV_ASSIGN_OR_RETURN(std::string id,
                       aip::CanonicalRequestId(request.GetReflection()->GetString(request, field)));
  const std::unique_ptr<google::protobuf::Message> body(request.New());
  body->CopyFrom(request);
  body->GetReflection()->ClearField(body.get(), field);
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  {
    google::protobuf::io::CodedOutputStream output(&stream);
    output.SetSerializationDeterministic(true);
    body->SerializeToCodedStream(&output);
  }
  return RequestKey{std::move(id), base::Sha256(bytes)};
}

policy::CategorySet ToPolicy(CategorySet categories) {
  policy::CategorySet set;
  for (const Category category : categories.Members()) set.Add(ToProto(category));
  return set;
}

}  // namespace vsv::dossiers
