#include "libs/aip/field_behavior.h"

#include "libs/aip/field_behaviors.h"
#include "libs/aip/field_mask.h"
#include "libs/aip/value_range.h"
#include "libs/base/utf8.h"

#include "google/protobuf/field_mask.pb.h"

#include "absl/strings/str_cat.h"

#include <string>
#include <utility>

namespace vsv::aip {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::Reflection;

// The resource of an update and the part of it that is being changed.
struct Update {
  const FieldDescriptor* resource = nullptr;
  FieldMask mask;
};

bool IsSingleMessage(const FieldDescriptor& field) {
  return !field.is_repeated() && field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

// What the request updates, by its shape: `update_mask` with paths, and the one message beside it
// that has a `name`.
Update UpdateOf(const Message& request) {
  Update update;
  const Descriptor& type = *request.GetDescriptor();
  const FieldDescriptor* mask = type.FindFieldByName("update_mask");
  if (mask == nullptr || mask->message_type() != FieldMask::descriptor()) return update;
  update.mask.CopyFrom(request.GetReflection()->GetMessage(request, mask));
  if (update.mask.paths_size() == 0 || update.mask.paths(0) == "*") return update;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (IsSingleMessage(field) && field.message_type()->FindFieldByName("name") != nullptr) {
      update.resource = &field;
    }
  }
  return update;
}

// One walk over one request.
class Check {
 public:
  Check(const Message& request, std::vector<errors::Violation>& violations)
      : update_(UpdateOf(request)), violations_(violations) {}

  // Adds the violation when it is.
  bool MaskIsTooLong() {
    if (update_.mask.paths_size() <= kMaxMaskPaths) return false;
    Refuse("update_mask", absl::StrCat("more than ", kMaxMaskPaths, " paths"));
    return true;
  }

  // `within`: path of the message inside the resource under update, or null when outside of it.
  void Walk(const Message& message, const std::string& path, const std::string* within, int depth) {
    if (violations_.size() >= errors::kMaxViolations) return;
    if (depth > kMaxNesting) {
      return Refuse(path, absl::StrCat("is nested deeper than ", kMaxNesting, " messages"));
    }
    const Reflection& reflection = *message.GetReflection();
    const auto& unknown = reflection.GetUnknownFields(message);
    if (!unknown.empty()) {
      Refuse(path, absl::StrCat("holds a field this service does not know, number ",
                                unknown.field(0).number()));
    }
    if (const std::string problem = RangeProblem(message); !problem.empty()) Refuse(path, problem);
    const Descriptor& type = *message.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      const std::string field_path = path.empty() ? field.name() : path + "." + field.name();
      CheckRequired(message, field, field_path, within);
      const int size = field.is_repeated() ? reflection.FieldSize(message, &field)
                                           : (reflection.HasField(message, &field) ? 1 : 0);
      for (int at = 0; at < size; ++at) CheckValue(message, field, at, field_path, within, depth);
    }
  }

 private:
  void Refuse(const std::string& path, std::string what) {
    errors::AddViolation(violations_, path, what);
  }

  // Whether an absent REQUIRED field matters: always, save outside the mask of an update.
  bool Demanded(const FieldDescriptor& field, const std::string* within) const {
    if (within == nullptr) return true;
    if (within->empty() && field.name() == "name") return true;
    const std::string inner = within->empty() ? field.name() : *within + "." + field.name();
    return MaskTouches(update_.mask, inner);
  }

  void CheckRequired(const Message& message, const FieldDescriptor& field, const std::string& path,
                     const std::string* within) {
    const bool required = HasBehavior(field, google::api::REQUIRED) ||
                          (within != nullptr && within->empty() && field.name() == "name");
    if (!required || HasBehavior(field, google::api::OUTPUT_ONLY)) return;
    if (!Demanded(field, within)) return;
    const Reflection& reflection = *message.GetReflection();
    if (field.is_repeated()) {
      if (reflection.FieldSize(message, &field) == 0) Refuse(path, "needs at least one element");
      return;
    }
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        if (reflection.GetString(message, &field).empty()) Refuse(path, "is required");
        return;
      case FieldDescriptor::CPPTYPE_ENUM:
        if (reflection.GetEnumValue(message, &field) == 0) Refuse(path, "is required");
        return;
      default:
        if (field.has_presence() && !reflection.HasField(message, &field)) {
          Refuse(path, "is required");
        }
    }
  }

  void CheckValue(const Message& message, const FieldDescriptor& field, int at,
                  const std::string& field_path, const std::string* within, int depth) {
    const Reflection& r = *message.GetReflection();
    const std::string path =
        field.is_repeated() ? absl::StrCat(field_path, "[", at, "]") : field_path;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_ENUM: {
        const int number = field.is_repeated() ? r.GetRepeatedEnumValue(message, &field, at)
                                               : r.GetEnumValue(message, &field);
        if (field.enum_type()->FindValueByNumber(number) == nullptr) {
          Refuse(path, absl::StrCat(number, " is no value of ", field.enum_type()->name()));
        }
        return;
      }
      case FieldDescriptor::CPPTYPE_STRING: {
        if (field.type() == FieldDescriptor::TYPE_BYTES) return;
        std::string scratch;
        const std::string& text = field.is_repeated()
                                      ? r.GetRepeatedStringReference(message, &field, at, &scratch)
                                      : r.GetStringReference(message, &field, &scratch);
        return CheckText(text, path);
      }
      case FieldDescriptor::CPPTYPE_MESSAGE: {
        const Message& inner = field.is_repeated() ? r.GetRepeatedMessage(message, &field, at)
                                                   : r.GetMessage(message, &field);
        return Descend(inner, field, path, within, depth);
      }
      default:
        return;
    }
  }

  void CheckText(const std::string& text, const std::string& path) {
    if (!base::IsValidUtf8(text)) return Refuse(path, "is not UTF-8");
    if (base::HasControlCharacter(text)) {
      Refuse(path,
             "holds a control character, or a mark that turns direction or is not seen; of "
             "these only line feed and tab are allowed");
    }
  }

  void Descend(const Message& inner, const FieldDescriptor& field, const std::string& path,
               const std::string* within, int depth) {
    if (&field == update_.resource && within == nullptr && depth == 1) {
      const std::string root;
      return Walk(inner, path, &root, depth + 1);
    }
    if (within == nullptr || field.is_repeated()) return Walk(inner, path, nullptr, depth + 1);
    const std::string deeper = within->empty() ? field.name() : *within + "." + field.name();
    Walk(inner, path, &deeper, depth + 1);
  }

  const Update update_;
  std::vector<errors::Violation>& violations_;
};

}  // namespace

void CheckFieldBehavior(const Message& message, std::vector<errors::Violation>& violations) {
  Check check(message, violations);
  // Every REQUIRED field is looked up in the mask: a long one would cost its length times theirs.
  if (check.MaskIsTooLong()) return;
  check.Walk(message, "", nullptr, 1);
}

}  // namespace vsv::aip
