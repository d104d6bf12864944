// Create, get, list and update of one kind of resource.
#pragma once

#include "libs/aip/etag.h"
#include "libs/aip/field_mask.h"
#include "libs/aip/filter.h"
#include "libs/aip/page_token.h"
#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/programs/api/field_reader.h"
#include "services/programs/api/parse.h"
#include "services/programs/api/permissions.h"
#include "services/programs/api/request_scope.h"
#include "services/programs/api/resource_api.h"
#include "services/programs/api/to_proto.h"
#include "services/programs/domain/store.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

#include <string>
#include <utility>
#include <vector>

namespace vsv::programs {

// The resource as the caller sees it; nothing in this contract is personal data.
template <typename T>
absl::StatusOr<policy::Cleared<typename Api<T>::Message>> Answer(
    const rpc::CallContext& call, const absl::StatusOr<Stored<T>>& verdict) {
  VSV_RETURN_IF_ERROR(verdict);
  return policy::NoPersonalData(ToProto(*verdict, base::LocalDay(call.start_time)));
}

template <typename T>
class ResourceHandlers {
 public:
  using Of = Api<T>;
  using Reply = absl::StatusOr<policy::Cleared<typename Of::Message>>;
  using ListReply = absl::StatusOr<policy::Cleared<typename Of::ListResponse>>;

  // All must outlive this.
  ResourceHandlers(ResourceStore<T>& store, const Permissions& permissions,
                   const aip::PageTokens& tokens)
      : store_(store), permissions_(permissions), tokens_(tokens) {}

  Reply Create(const rpc::CallContext& call, const typename Of::CreateRequest& request) const {
    FieldReader reader;
    const auto parent = Of::ParseParent(request.parent());
    if (!parent) reader.Violate("parent", absl::StrCat("must be of the form ", Of::kParentForm));
    const std::string id = reader.Slug(Of::IdOf(request), Of::kIdField, Of::kShortestId);
    const auto name = Of::NameUnder(parent.value_or(ParentName()), id);
    T resource = Parse(Of::BodyOf(request), name, Of::kField, reader);
    VSV_RETURN_IF_ERROR(reader.status());
    VSV_ASSIGN_OR_RETURN(RequestScope scope, ScopeOf(call, request, request.request_id()));
    VSV_RETURN_IF_ERROR(permissions_.MayWrite(call, name));
    const CreateCommand<T> command{std::move(scope), std::move(resource), request.validate_only()};
    return Answer<T>(call, store_.Create({command}, call.deadline).front());
  }

  Reply Get(const rpc::CallContext& call, const typename Of::GetRequest& request) const {
    VSV_ASSIGN_OR_RETURN(const auto name, NameIn(request.name(), "name"));
    return Answer<T>(call, store_.Get({name}, call.deadline).front());
  }

  ListReply List(const rpc::CallContext& call, const typename Of::ListRequest& request) const {
    const auto parent = Of::ParseParent(request.parent());
    if (!parent) {
      return errors::FieldInvalid("parent", absl::StrCat("must be of the form ", Of::kParentForm));
    }
    ListQuery<T> query;
    query.parent = *parent;
    VSV_ASSIGN_OR_RETURN(query.limit, aip::PageSize(request.page_size(), {50, 500}));
    VSV_ASSIGN_OR_RETURN(const std::vector<aip::Condition> conditions,
                         aip::ParseFilter(request.filter(), Of::FilterFields()));
    VSV_ASSIGN_OR_RETURN(query.filter, Of::ReadFilter(conditions));
    const std::string& caller = call.caller.organisation_id;
    VSV_ASSIGN_OR_RETURN(const std::vector<std::string> after, tokens_.Read(request, caller));
    if (after.size() > 1) return errors::PageTokenInvalid();
    if (!after.empty()) query.after = after.front();
    VSV_ASSIGN_OR_RETURN(const Page<T> page, store_.List(query, call.deadline));
    typename Of::ListResponse response;
    const size_t given = aip::FillPage(
        page.items, page.items.size(), *Of::ItemsOf(&response),
        [&](const auto& item) { return ToProto(item, base::LocalDay(call.start_time)); });
    if (page.more || given < page.items.size()) {
      const std::string last = Of::LastPart(page.items[given - 1].resource.name);
      response.set_next_page_token(tokens_.Make(request, caller, {last}));
    }
    return policy::NoPersonalData(std::move(response));
  }

  Reply Update(const rpc::CallContext& call, const typename Of::UpdateRequest& request) const {
    const typename Of::Message& body = Of::BodyOf(request);
    FieldReader reader;
    const auto name = Of::ParseName(body.name());
    if (!name) {
      reader.Violate(absl::StrCat(Of::kField, ".name"),
                     absl::StrCat("must be of the form ", Of::kNameForm));
    }
    if (body.etag().empty()) reader.Violate(absl::StrCat(Of::kField, ".etag"), "must be given");
    aip::CheckFieldMask(request.update_mask(), *body.GetDescriptor(), "update_mask",
                        reader.violations());
    VSV_RETURN_IF_ERROR(reader.status());
    UpdateCommand<T> command;
    command.name = *name;
    VSV_ASSIGN_OR_RETURN(command.scope, ScopeOf(call, request, request.request_id()));
    VSV_ASSIGN_OR_RETURN(command.expected_version, aip::ExpectedVersion(body.etag()));
    VSV_RETURN_IF_ERROR(permissions_.MayWrite(call, *name));
    command.change = [&request](const T& current) { return Changed(request, current); };
    command.validate_only = request.validate_only();
    return Answer<T>(call, store_.Update({command}, call.deadline).front());
  }

 private:
  static absl::StatusOr<typename T::Name> NameIn(absl::string_view text, absl::string_view field) {
    const auto name = Of::ParseName(text);
    if (name) return *name;
    return errors::FieldInvalid(field, absl::StrCat("must be of the form ", Of::kNameForm));
  }

  // The current resource with the masked fields of the request, read and judged as a whole.
  static absl::StatusOr<T> Changed(const typename Of::UpdateRequest& request, const T& current) {
    google::protobuf::FieldMask mask = request.update_mask();
    if (mask.paths().empty() || mask.paths(0) == "*") {
      mask = aip::WritableMask(*Of::Message::descriptor(),
                               [](const google::protobuf::FieldDescriptor&) { return true; });
    }
    typename Of::Message merged = ToProto(current);
    aip::ApplyFieldMask(mask, Of::BodyOf(request), merged);
    FieldReader reader;
    T changed = Parse(merged, current.name, Of::kField, reader);
    VSV_RETURN_IF_ERROR(reader.status());
    return Of::Merge(current, std::move(changed));
  }

  ResourceStore<T>& store_;
  const Permissions& permissions_;
  const aip::PageTokens& tokens_;
};

}  // namespace vsv::programs
