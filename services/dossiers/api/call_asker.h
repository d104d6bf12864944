// From the admitted call to what the domain and the store judge by.
#pragma once

#include "libs/policy/category_set.h"
#include "libs/rpc/call_context.h"
#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/category.h"

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace vsv::dossiers {

// The caller with its purpose, the relations of the method's policy, and today in the Netherlands.
Asker MakeAsker(const rpc::CallContext& call);

// Key of a mutation by its `request_id` field and the rest of its body. FIELD_INVALID when the id
// is no UUID.
absl::StatusOr<RequestKey> MakeRequestKey(const google::protobuf::Message& request);

// The same set as redaction understands it.
policy::CategorySet ToPolicy(CategorySet categories);

}  // namespace vsv::dossiers
