#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/rpc/dynamic_call.h"
#include "services/vsvctl/commands.h"

#include "google/protobuf/struct.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include <fstream>
#include <sstream>
#include <string>

namespace vsv::vsvctl {
namespace {

using google::protobuf::Struct;

absl::StatusOr<google::protobuf::ListValue> ReadRequests(const std::string& path) {
  if (path.empty()) return absl::InvalidArgumentError("apply needs a file: -f FILE");
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  std::ostringstream text;
  text << file.rdbuf();
  google::protobuf::ListValue list;
  VSV_RETURN_IF_ERROR(rpc::ParseJson(text.str(), list));
  return list;
}

std::string TextOf(const Struct& entry, const std::string& key) {
  const auto found = entry.fields().find(key);
  return found == entry.fields().end() ? "" : found->second.string_value();
}

// "service" and "method" as one name; the method alone where it is the only one of its name.
std::string MethodOf(const Struct& entry) {
  const std::string service = TextOf(entry, "service");
  const std::string method = TextOf(entry, "method");
  return service.empty() ? method : absl::StrCat(service, ".", method);
}

absl::Status Send(const Struct& entry, const Session& session) {
  VSV_ASSIGN_OR_RETURN(const google::protobuf::MethodDescriptor* method,
                       rpc::FindMethod(MethodOf(entry)));
  const MessagePtr request = rpc::NewMessage(*method->input_type());
  const auto body = entry.fields().find("request");
  if (body != entry.fields().end()) {
    VSV_RETURN_IF_ERROR(
        rpc::ParseJson(rpc::ToJson(body->second.struct_value(), /*pretty=*/false), *request));
  }
  const std::string as(absl::StripPrefix(TextOf(entry, "as"), "organisations/"));
  if (as.empty() || session.options.ignore_as) {
    return session.client.Call(method->full_name(), *request).status();
  }
  return session.client.CallAs(as, method->full_name(), *request).status();
}

// What was to be made is there. A number that another organisation has is not.
bool IsThere(const absl::Status& status) {
  return absl::IsAlreadyExists(status) && errors::ReasonOf(status) != "IDENTIFIER_EXISTS";
}

}  // namespace

absl::Status Apply(const Session& session) {
  VSV_ASSIGN_OR_RETURN(const google::protobuf::ListValue list, ReadRequests(session.options.file));
  int sent = 0;
  int there = 0;
  for (int i = 0; i < list.values_size(); ++i) {
    const Struct& entry = list.values(i).struct_value();
    const absl::Status status = Send(entry, session);
    if (IsThere(status)) {
      ++there;
      continue;
    }
    if (!status.ok()) {
      session.notes << session.options.file << ", request " << i + 1 << " of " << list.values_size()
                    << " (" << MethodOf(entry) << ") was refused; " << sent + there
                    << " before it stand" << std::endl;
      return status;
    }
    ++sent;
  }
  session.out << sent << " requests taken, " << there << " were there already" << std::endl;
  return absl::OkStatus();
}

}  // namespace vsv::vsvctl
