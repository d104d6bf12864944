// UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, then order within the process, then
// chance. Ids are made by the service, so that new rows stay near each other in an index and no
// database sequence is shared.
#pragma once

#include "libs/base/clock.h"

#include "absl/strings/string_view.h"

#include <string>

namespace vsv::base {

// A new id in canonical form (36 characters, lower case). Ids made one after another in this
// process are in strictly ascending order, also within a millisecond and when the clock steps back.
// Thread-safe.
std::string NewUuidV7(const Clock& clock);

// True for any UUID in canonical form: lower-case hex digits in groups of 8-4-4-4-12.
bool IsUuid(absl::string_view text);

}  // namespace vsv::base
