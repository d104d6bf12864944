#include "libs/aip/field_mask.h"

#include "libs/aip/field_behaviors.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include <memory>
#include <set>

namespace vsv::aip {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;

// What is wrong with one path, or "".
std::string PathProblem(absl::string_view path, const Descriptor& type) {
  const Descriptor* current = &type;
  for (const absl::string_view name : absl::StrSplit(path, '.')) {
    if (current == nullptr) return "goes beyond a field that is no single message";
    const FieldDescriptor* field = current->FindFieldByName(std::string(name));
    if (field == nullptr) return absl::StrCat("is no field of ", type.name());
    if (HasBehavior(*field, google::api::OUTPUT_ONLY)) return "is set by the service only";
    if (HasBehavior(*field, google::api::IMMUTABLE)) return "cannot be changed once set";
    if (HasBehavior(*field, google::api::IDENTIFIER)) return "is the name of the resource";
    const bool single_message =
        !field->is_repeated() && field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    current = single_message ? field->message_type() : nullptr;
  }
  return "";
}

// Whatever the type and presence of the field: it is swapped with that of a copy.
void CopyField(const FieldDescriptor& field, const Message& from, Message& to) {
  const std::unique_ptr<Message> copy(from.New());
  copy->CopyFrom(from);
  to.GetReflection()->SwapFields(&to, copy.get(), {&field});
}

}  // namespace

void CheckFieldMask(const FieldMask& mask, const Descriptor& type, absl::string_view mask_field,
                    std::vector<errors::Violation>& violations) {
  const auto refuse = [&](const std::string& what) {
    errors::AddViolation(violations, std::string(mask_field), what);
  };
  if (mask.paths_size() > kMaxMaskPaths)
    return refuse(absl::StrCat("more than ", kMaxMaskPaths, " paths"));
  if (mask.paths_size() == 1 && mask.paths(0) == "*") return;
  std::set<std::string> seen;
  for (int i = 0; i < mask.paths_size(); ++i) {
    const std::string& path = mask.paths(i);
    std::string problem = PathProblem(path, type);
    if (problem.empty() && !seen.insert(path).second) problem = "stands there twice";
    if (problem.empty()) continue;
    errors::AddViolation(violations, absl::StrCat(mask_field, ".paths[", i, "]"),
                         absl::StrCat("path ", problem));
  }
}

FieldMask WritableMask(const Descriptor& type,
                       const std::function<bool(const FieldDescriptor&)>& may_write) {
  FieldMask mask;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (IsWritable(field) && field.name() != "etag" && may_write(field)) {
      mask.add_paths(field.name());
    }
  }
  return mask;
}

void ApplyFieldMask(const FieldMask& mask, const Message& from, Message& to) {
  for (const std::string& path : mask.paths()) {
    const Message* source = &from;
    Message* target = &to;
    const std::vector<std::string> names = absl::StrSplit(path, '.');
    for (size_t i = 0; i < names.size(); ++i) {
      const FieldDescriptor* field = source->GetDescriptor()->FindFieldByName(names[i]);
      if (field == nullptr) break;
      if (i + 1 == names.size()) {
        CopyField(*field, *source, *target);
        break;
      }
      const bool in_source = source->GetReflection()->HasField(*source, field);
      const bool in_target = target->GetReflection()->HasField(*target, field);
      if (!in_source && !in_target) break;  // nothing to clear, and no empty message to leave
      source = &source->GetReflection()->GetMessage(*source, field);
      target = target->GetReflection()->MutableMessage(target, field);
    }
  }
}

bool MaskTouches(const FieldMask& mask, absl::string_view path) {
  for (const std::string& masked : mask.paths()) {
    if (masked == "*" || masked == path || absl::StartsWith(masked, absl::StrCat(path, ".")) ||
        absl::StartsWith(path, absl::StrCat(masked, "."))) {
      return true;
    }
  }
  return false;
}

}  // namespace vsv::aip
