// Update masks (AIP-134, AIP-161) over any message.
#pragma once

#include "libs/errors/errors.h"

#include "google/protobuf/field_mask.pb.h"

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include <functional>
#include <string>
#include <vector>

namespace vsv::aip {

inline constexpr int kMaxMaskPaths = 100;

// Adds a violation on `mask_field` (e.g. "update_mask") for each path of `mask` that names no field
// of `type`, goes through a repeated or scalar field, is output only, immutable or an identifier
// (such a field anywhere on the path), or stands there twice. "*" alone stands for every writable
// field. An empty mask is in order: see WritableMask.
void CheckFieldMask(const google::protobuf::FieldMask& mask,
                    const google::protobuf::Descriptor& type, absl::string_view mask_field,
                    std::vector<errors::Violation>& violations);

// Every field of `type` that an update may touch, one path each: not output only, not immutable, no
// identifier, no etag, and `may_write(field)`. What an empty mask and "*" stand for.
google::protobuf::FieldMask WritableMask(
    const google::protobuf::Descriptor& type,
    const std::function<bool(const google::protobuf::FieldDescriptor&)>& may_write);

// Makes the masked fields of `to` as they are in `from`: set ones are replaced as a whole, unset
// ones cleared; everything else stays. Both must be of the same type, and `mask` must have passed
// CheckFieldMask and hold no "*".
void ApplyFieldMask(const google::protobuf::FieldMask& mask, const google::protobuf::Message& from,
                    google::protobuf::Message& to);

// True when `mask` covers `path` as a whole or holds a path within it.
bool MaskTouches(const google::protobuf::FieldMask& mask, absl::string_view path);

}  // namespace vsv::aip
