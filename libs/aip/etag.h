// Etags (AIP-154): the version of a resource, in a form that invites nobody to count with it.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <cstdint>
#include <optional>
#include <string>

namespace vsv::aip {

// Letters, digits, '-' and '_' only, without quotes.
std::string EtagOf(int64_t version);

// The version in an etag made here; nullopt for any other text.
std::optional<int64_t> VersionOf(absl::string_view etag);

// The version a change is made on: nullopt for an empty etag (no check asked), ETAG_MISMATCH for
// what is no etag.
absl::StatusOr<std::optional<int64_t>> ExpectedVersion(absl::string_view etag);

}  // namespace vsv::aip
