// The check of a request that follows from its descriptor alone.
#pragma once

#include "libs/errors/errors.h"

#include "google/protobuf/message.h"

#include <vector>

namespace vsv::aip {

// Messages within messages, the request itself being the first.
inline constexpr int kMaxNesting = 32;

// Adds a violation, with its path ("dossier.pupil.names[2].text"), for
// - a REQUIRED field that is absent or empty: strings, bytes, messages, enums, lists, and scalars
// with presence (a number or
//   bool without presence cannot be told from 0 or false, and is left to the method);
// - an enum number that the enum does not have;
// - text with a control character other than line feed and tab, or that is no UTF-8;
// - a timestamp, duration or google.type.Date outside the range of its type;
// - unknown fields, and nesting deeper than kMaxNesting.
// Fields that are OUTPUT_ONLY are ignored on input (AIP-203) and need not be there. In an update,
// i.e. a request with an `update_mask` that names paths, a REQUIRED field of the resource is
// demanded only where the mask names it; the resource's name always.
void CheckFieldBehavior(const google::protobuf::Message& message,
                        std::vector<errors::Violation>& violations);

}  // namespace vsv::aip
