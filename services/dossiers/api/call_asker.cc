#include "services/dossiers/api/call_asker.h"

#include "libs/aip/request_id.h"
#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/policy/method_policy.h"
#include "services/dossiers/api/enums.h"

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
  asker.cancelled = call.cancelled;
  asker.urgent = policy::IsNeverShed(call.method);
  asker.method = call.method;
  asker.trace_id = call.trace_id;
  return asker;
}

absl::StatusOr<RequestKey> MakeRequestKey(const google::protobuf::Message& request) {
  const google::protobuf::FieldDescriptor* field =
      request.GetDescriptor()->FindFieldByName("request_id");
  VSV_ASSIGN_OR_RETURN(std::string id,
                       aip::CanonicalRequestId(request.GetReflection()->GetString(request, field)));
  return RequestKey{std::move(id), aip::BodyHash(request)};
}

policy::CategorySet ToPolicy(CategorySet categories) {
  policy::CategorySet set;
  for (const Category category : categories.Members()) set.Add(ToProto(category));
  return set;
}

}  // namespace vsv::dossiers
