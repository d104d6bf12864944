// The bytes in which a Detail travels inside an absl::Status payload. Private to the process: never
// stored, never sent.
#pragma once

#include "libs/errors/errors.h"

#include "absl/strings/string_view.h"

#include <optional>
#include <string>

namespace vsv::errors {

// Every string is preceded by its length (four bytes, little-endian), every list by its count.
std::string EncodeDetail(const Detail& detail);

// The detail that was encoded; nullopt when the bytes are not exactly one encoded detail.
std::optional<Detail> DecodeDetail(absl::string_view bytes);

}  // namespace vsv::errors
