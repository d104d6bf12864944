#include "libs/policy/method_policy.h"

#include "vsv/policy/v1/admission.pb.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace vsv::policy {

namespace {

const google::protobuf::MethodDescriptor* FindMethod(absl::string_view path) {
  const std::string name = absl::StrReplaceAll(absl::StripPrefix(path, "/"), {{"/", "."}});
  return google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
}

}  // namespace

std::optional<v1::MethodPolicy> PolicyOf(absl::string_view method_path) {
  const google::protobuf::MethodDescriptor* method = FindMethod(method_path);
  if (method == nullptr || !method->options().HasExtension(v1::method)) return std::nullopt;
  return method->options().GetExtension(v1::method);
}

bool IsNeverShed(absl::string_view method_path) {
  // Asked before anything else of a call, also of those that are shed.
  thread_local absl::flat_hash_map<std::string, bool> known;
  const auto found = known.find(method_path);
  if (found != known.end()) return found->second;
  const google::protobuf::MethodDescriptor* method = FindMethod(method_path);
  if (method == nullptr) return false;
  return known[method_path] = method->options().GetExtension(v1::never_shed);
}

v1::DataCategory CategoryOf(const google::protobuf::FieldDescriptor& field) {
  return field.options().GetExtension(v1::field).category();
}

std::string PurposeName(v1::Purpose purpose) {
  return absl::AsciiStrToLower(absl::StripPrefix(v1::Purpose_Name(purpose), "PURPOSE_"));
}

v1::Purpose ParsePurpose(absl::string_view name) {
  // Only the documented spelling: lower case.
  if (absl::AsciiStrToLower(name) != std::string(name)) return v1::PURPOSE_UNSPECIFIED;
  v1::Purpose purpose = v1::PURPOSE_UNSPECIFIED;
  if (!v1::Purpose_Parse(absl::StrCat("PURPOSE_", absl::AsciiStrToUpper(name)), &purpose))
    return v1::PURPOSE_UNSPECIFIED;
  return purpose;
}

std::string RoleName(v1::Role role) {
  return std::string(absl::StripPrefix(v1::Role_Name(role), "ROLE_"));
}

}  // namespace vsv::policy
