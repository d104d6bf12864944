#include "deploy/dev/story/request_file.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/rpc/dynamic_call.h"

#include "google/protobuf/struct.pb.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include <fstream>
#include <sstream>

namespace vsv::story {
namespace {

absl::StatusOr<google::protobuf::ListValue> ReadList(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  google::protobuf::ListValue list;
  VSV_RETURN_IF_ERROR(rpc::ParseJson(text.str(), list));
  return list;
}

std::string TextOf(const google::protobuf::Struct& entry, const std::string& key) {
  const auto found = entry.fields().find(key);
  return found == entry.fields().end() ? "" : found->second.string_value();
}

}  // namespace

absl::StatusOr<LoadResult> LoadRequests(
    const Stage& stage, const std::string& file, const std::string& purpose,
    const std::function<absl::StatusOr<const Actor*>(const std::string&)>& who) {
  VSV_ASSIGN_OR_RETURN(const google::protobuf::ListValue list,
                       ReadList(absl::StrCat(stage.options().source_dir, "/data/sample/", file)));
  LoadResult result;
  for (int i = 0; i < list.values_size(); ++i) {
    const google::protobuf::Struct& entry = list.values(i).struct_value();
    const std::string place =
        absl::StrCat(file, " request ", i + 1, " (", TextOf(entry, "method"), ")");
    VSV_ASSIGN_OR_RETURN(const google::protobuf::MethodDescriptor* method,
                         rpc::FindMethod(TextOf(entry, "method")));
    const std::unique_ptr<google::protobuf::Message> request =
        rpc::NewMessage(*method->input_type());
    if (const absl::Status parsed = rpc::ParseJson(
            rpc::ToJson(entry.fields().at("request").struct_value(), false), *request);
        !parsed.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(place, ": ", std::string(parsed.message())));
    }
    const std::string as = TextOf(entry, "as");
    VSV_ASSIGN_OR_RETURN(const Actor* actor,
                         who(std::string(absl::StripPrefix(as, "organisations/"))));
    const auto reply =
        actor->CallDynamic(method->full_name(), *request, purpose, absl::StrCat(file, "#", i));
    if (!reply.ok() && reply.status().code() != absl::StatusCode::kAlreadyExists) {
      const std::optional<errors::Detail> detail = errors::DetailOf(reply.status());
      std::string violations;
      if (detail.has_value()) {
        for (const errors::Violation& violation : detail->violations) {
          absl::StrAppend(&violations, "; ", violation.field, ": ", violation.description);
        }
      }
      return absl::Status(
          reply.status().code(),
          absl::StrCat(place, " was refused: ", std::string(reply.status().message()), violations));
    }
    ++(reply.ok() ? result.sent : result.already_there);
  }
  return result;
}

}  // namespace vsv::story
