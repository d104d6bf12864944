// The frame of every change of a dossier: from the call to one store mutation, and its row back to
// a message.
#pragma once

#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/dossiers/api/checks.h"
#include "services/dossiers/api/resource_names.h"
#include "services/dossiers/domain/dossier_store.h"

#include "vsv/dossiers/v1/dossier.pb.h"

#include "absl/status/statusor.h"

#include <string>

namespace vsv::dossiers {

// Asker, request id and target; violations go to `checks`. The caller sets `decide` and
// validate_only.
MutateCommand BeginMutation(const rpc::CallContext& call, const google::protobuf::Message& request,
                            MutationTarget target, const std::string& etag, Checks& checks);

// Runs one mutation.
absl::StatusOr<DossierRow> RunMutation(DossierStore& store, const MutateCommand& command);

// A mutation that names its dossier in `name` and answers with the dossier: all transitions.
// `decide` is called with (const DossierRow&, const Asker&). `checks` may hold violations of the
// handler's own.
template <typename Request, typename Decision>
absl::StatusOr<policy::Cleared<v1::Dossier>> MutateByName(DossierStore& store,
                                                          const rpc::CallContext& call,
                                                          const Request& request, Checks& checks,
                                                          Decision decide);

}  // namespace vsv::dossiers

#include "services/dossiers/api/mutation_inl.h"
