// What a leaf of the trail is made of, version 1. The sealer has it computed in the database
// (migrations/seal.sql), who verifies computes it here.
//
//   field       four bytes of length, the highest first, and the text in UTF-8; NULL is ff ff ff ff
//   entry       SHA-256 of the fields "vsv-audit-entry-1" and EntryColumns(), in their order
//   subjects    SHA-256 of the field "vsv-audit-subjects-1" and, as fields, the hashes of the
//               subjects in ascending order
//   leaf        SHA-256 of 00, entry and subjects (RFC 6962, section 2.1)
#pragma once

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include <array>
#include <optional>
#include <string>

namespace vsv::audit {

// All columns of audit_entries. As text: a UUID in canonical form, a time in microseconds since
// 1970, an array as JSON, a number in decimal.
inline constexpr std::array<absl::string_view, 14> kEntryColumns = {"region_id",
                                                                    "id",
                                                                    "recorded_at",
                                                                    "method",
                                                                    "resource_kind",
                                                                    "organisation_id",
                                                                    "acting_organisation_id",
                                                                    "user_id",
                                                                    "purpose",
                                                                    "processing_activity",
                                                                    "categories",
                                                                    "outcome",
                                                                    "trace_id",
                                                                    "transaction_id"};

inline constexpr size_t kDigestsBytes = 64;  // of entry and subjects, in a row

// 32 raw bytes each.
std::string EntryDigest(absl::Span<const std::optional<std::string>> columns);
std::string SubjectsDigest(absl::Span<const std::string> ascending_hashes);

}  // namespace vsv::audit
