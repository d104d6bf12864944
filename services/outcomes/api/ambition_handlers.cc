#include "libs/aip/field_mask.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/outcomes/api/convert_ambition.h"
#include "services/outcomes/api/field_reader.h"
#include "services/outcomes/api/mutation.h"
#include "services/outcomes/api/outcomes_handlers.h"
#include "services/outcomes/api/paging.h"

#include <utility>

namespace vsv::outcomes {
namespace {

// An institution sets its own ambitions; programme managers and the keeper enter any.
absl::Status CheckMayWrite(const rpc::Caller& caller, const std::string& organisation_id) {
  if (caller.organisation_id == organisation_id ||
      caller.HasRole(policy::v1::ROLE_PROGRAMME_MANAGER) ||
      caller.HasRole(policy::v1::ROLE_REGISTER_KEEPER)) {
    return absl::OkStatus();
  }
  return errors::RoleRequired("the ambition is another institution's");
}

google::protobuf::FieldMask MaskOf(const v1::UpdateAmbitionRequest& request, FieldReader& reader) {
  const google::protobuf::FieldMask everything = aip::WritableMask(
      *v1::Ambition::descriptor(), [](const google::protobuf::FieldDescriptor&) { return true; });
  const google::protobuf::FieldMask& mask = request.update_mask();
  std::vector<errors::Violation> violations;
  aip::CheckFieldMask(mask, *v1::Ambition::descriptor(), "update_mask", violations);
  for (const errors::Violation& violation : violations) {
    reader.Violate(violation.field, violation.description);
  }
  const bool all = mask.paths().empty() || (mask.paths_size() == 1 && mask.paths(0) == "*");
  return all ? everything : mask;
}

// The ambition after the change; what the mask does not name stays.
absl::StatusOr<Ambition> Changed(const Ambition& current, const v1::Ambition& wanted,
                                 const google::protobuf::FieldMask& mask) {
  v1::Ambition proto = ToProto(current);
  aip::ApplyFieldMask(mask, wanted, proto);
  FieldReader reader;
  Ambition changed = ParseAmbition(proto, "ambition", reader);
  VSV_RETURN_IF_ERROR(reader.status());
  changed.id = current.id;
  return changed;
}

}  // namespace

absl::StatusOr<policy::Cleared<v1::Ambition>> AmbitionHandlers::Create(
    const rpc::CallContext& call, const v1::CreateAmbitionRequest& request) {
  FieldReader reader;
  CreateAmbitionCommand command;
  command.mutation = MutationOf(call, request, reader);
  command.ambition = ParseAmbition(request.ambition(), "ambition", reader);
  command.ambition.id = reader.Slug(request.ambition_id(), "ambition_id");
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_RETURN_IF_ERROR(CheckMayWrite(call.caller, command.ambition.organisation_id));
  VSV_ASSIGN_OR_RETURN(const Ambition created,
                       Single(context_.ambitions.CreateAmbitions({command})));
  return policy::NoPersonalData(ToProto(created));
}

absl::StatusOr<policy::Cleared<v1::Ambition>> AmbitionHandlers::Get(
    const rpc::CallContext& call, const v1::GetAmbitionRequest& request) {
  FieldReader reader;
  const std::string id = reader.Ambition(request.name(), "name");
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_ASSIGN_OR_RETURN(const Ambition found,
                       Single(context_.ambitions.GetAmbitions({id}, call.deadline)));
  return policy::NoPersonalData(ToProto(found));
}

absl::StatusOr<policy::Cleared<v1::ListAmbitionsResponse>> AmbitionHandlers::List(
    const rpc::CallContext& call, const v1::ListAmbitionsRequest& request) {
  VSV_ASSIGN_OR_RETURN(const Page page, ReadPage(call, request, context_.page_tokens, 1));
  ListAmbitionsCommand command;
  command.page = {page.After(0), page.limit(), call.deadline};
  FieldReader reader;
  if (!request.organisation().empty()) {
    command.organisation_id = reader.Organisation(request.organisation(), "organisation");
  }
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_ASSIGN_OR_RETURN(const std::vector<Ambition> rows, context_.ambitions.ListAmbitions(command));
  v1::ListAmbitionsResponse response;
  if (const Ambition* last = page.Fill(rows, *response.mutable_ambitions())) {
    response.set_next_page_token(
        context_.page_tokens.Make(request, call.caller.organisation_id, {last->id}));
  }
  return policy::NoPersonalData(std::move(response));
}

absl::StatusOr<policy::Cleared<v1::Ambition>> AmbitionHandlers::Update(
    const rpc::CallContext& call, const v1::UpdateAmbitionRequest& request) {
  FieldReader reader;
  UpdateAmbitionCommand command;
  command.mutation = MutationOf(call, request, reader);
  command.id = reader.Ambition(request.ambition().name(), "ambition.name");
  command.expected_version = reader.Etag(request.ambition().etag(), "ambition.etag", true);
  const google::protobuf::FieldMask mask = MaskOf(request, reader);
  VSV_RETURN_IF_ERROR(reader.status());
  command.change = [&](const Ambition& current) -> absl::StatusOr<Ambition> {
    VSV_RETURN_IF_ERROR(CheckMayWrite(call.caller, current.organisation_id));
    return Changed(current, request.ambition(), mask);
  };
  VSV_ASSIGN_OR_RETURN(const Ambition updated,
                       Single(context_.ambitions.UpdateAmbitions({command})));
  return policy::NoPersonalData(ToProto(updated));
}

}  // namespace vsv::outcomes
