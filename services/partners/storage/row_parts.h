// Parts that rows of several resources share.
#pragma once

#include "libs/pg/params.h"
#include "libs/pg/result.h"
#include "libs/pg/transaction.h"
#include "services/partners/domain/names.h"
#include "services/partners/domain/period.h"
#include "services/partners/domain/register_queries.h"

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace vsv::partners {

// Less than every UUID: the first page begins behind it.
inline constexpr absl::string_view kNilUuid = "00000000-0000-0000-0000-000000000000";

inline std::vector<std::string> Ids(absl::Span<const Key> keys) {
  std::vector<std::string> ids;
  ids.reserve(keys.size());
  for (const Key& key : keys) ids.push_back(key.id);
  return ids;
}

inline std::vector<std::string> Parents(absl::Span<const Key> keys) {
  std::vector<std::string> parents;
  parents.reserve(keys.size());
  for (const Key& key : keys) parents.push_back(key.parent);
  return parents;
}

inline std::vector<std::string> ListOf(const std::set<std::string>& values) {
  return {values.begin(), values.end()};
}

inline std::set<std::string> SetOf(const std::vector<std::string>& values) {
  return {values.begin(), values.end()};
}

inline std::optional<std::string> NullIfEmpty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

inline Period ReadPeriod(const pg::Row& row) {
  return {.from = row.Day("valid_from_on"), .until = row.OptionalDay("valid_until_on")};
}

// The value that the database holds by name. A name that the program does not know means that the
// database is newer than the program: it stops rather than misread.
template <typename Enum>
Enum ReadName(absl::string_view name) {
  const std::optional<Enum> value = ParseName<Enum>(name);
  if (!value) {
    std::fprintf(stderr, "the database holds the unknown name %.*s\n",
                 static_cast<int>(name.size()), name.data());
    std::abort();
  }
  return *value;
}

// "" for the unspecified value, which asks for nothing.
template <typename Enum>
std::string FilterName(Enum value) {
  return value == Enum::kUnspecified ? "" : std::string(NameOf(value));
}

// The version of the locked row of a Lock statement.
inline absl::StatusOr<std::optional<int64_t>> LockedVersion(absl::StatusOr<pg::Result> rows) {
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return std::optional<int64_t>();
  return std::optional<int64_t>((*rows)[0].Int("version"));
}

}  // namespace vsv::partners
