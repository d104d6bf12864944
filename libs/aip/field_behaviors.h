// The google.api.field_behavior annotations of a field.
#pragma once

#include "google/api/field_behavior.pb.h"

#include "google/protobuf/descriptor.h"

namespace vsv::aip {

inline bool HasBehavior(const google::protobuf::FieldDescriptor& field,
                        google::api::FieldBehavior behavior) {
  const auto& options = field.options();
  const int count = options.ExtensionSize(google::api::field_behavior);
  for (int i = 0; i < count; ++i) {
    if (options.GetExtension(google::api::field_behavior, i) == behavior) return true;
  }
  return false;
}

// False for what only the service sets, or sets once.
inline bool IsWritable(const google::protobuf::FieldDescriptor& field) {
  return !HasBehavior(field, google::api::OUTPUT_ONLY) &&
         !HasBehavior(field, google::api::IMMUTABLE) &&
         !HasBehavior(field, google::api::IDENTIFIER);
}

}  // namespace vsv::aip
