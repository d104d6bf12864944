#include "libs/policy/redact.h"

#include "libs/policy/method_policy.h"

#include "absl/strings/match.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/reflection.h"
#include "google/protobuf/unknown_field_set.h"

#include <set>

namespace vsv::policy {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Messages of other people (timestamps, dates, status) have no categories of their own: the field
// that holds them is judged as a whole.
bool IsOurs(const Descriptor& type) {
  return absl::StartsWith(type.file()->package(), "vsv.");
}

bool IsJudgedInside(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field.is_map() &&
         IsOurs(*field.message_type());
}

bool HoldsNoPersonalData(const Descriptor& type, std::set<const Descriptor*>& seen) {
  if (!seen.insert(&type).second) return true;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (CategoryOf(field) != v1::DATA_CATEGORY_NONE) return false;
    if (IsJudgedInside(field) && !HoldsNoPersonalData(*field.message_type(), seen)) return false;
  }
  return true;
}

}  // namespace

void RedactInPlace(Message& message, const CategorySet& granted) {
  const Reflection& reflection = *message.GetReflection();
  reflection.MutableUnknownFields(&message)->Clear();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const v1::DataCategory category = CategoryOf(*field);
    if (category == v1::DATA_CATEGORY_UNSPECIFIED || !granted.Contains(category)) {
      reflection.ClearField(&message, field);
      continue;
    }
    if (!IsJudgedInside(*field)) continue;
    if (field->is_repeated()) {
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        RedactInPlace(*reflection.MutableRepeatedMessage(&message, field, i), granted);
      }
    } else {
      RedactInPlace(*reflection.MutableMessage(&message, field), granted);
    }
  }
}

bool HoldsNoPersonalData(const Descriptor& type) {
  std::set<const Descriptor*> seen;
  return HoldsNoPersonalData(type, seen);
}

}  // namespace vsv::policy
