// PostgreSQL's binary form of the types that statements answer, as its send functions write it
// (`typsend` of pg_type): big-endian, without any padding. Everything here answers nullopt for
// bytes of another shape.
#pragma once

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::pg {

// An array without dimensions (which is empty) or with one. Elements point into what was read;
// nullopt is NULL.
struct BinaryArray {
  uint32_t element_type = 0;  // oid
  std::vector<std::optional<absl::string_view>> elements;
};

// smallint, integer, bigint.
std::optional<int64_t> ReadInteger(absl::string_view bytes);
std::optional<bool> ReadBool(absl::string_view bytes);
// timestamptz: microseconds since 2000 in UTC; knows both infinities.
std::optional<absl::Time> ReadTime(absl::string_view bytes);
// date: days since 2000. An infinite date is no day.
std::optional<absl::CivilDay> ReadDay(absl::string_view bytes);
// uuid, as PostgreSQL writes it: 36 characters, lower-case.
std::optional<std::string> ReadUuid(absl::string_view bytes);
std::optional<BinaryArray> ReadArray(absl::string_view bytes);

}  // namespace vsv::pg
