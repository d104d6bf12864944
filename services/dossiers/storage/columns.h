// Turns a list of structs into the array parameters of a batch-shaped statement, one call per
// column.
#pragma once

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace vsv::dossiers {

template <typename Value, typename Item, typename Field>
std::vector<Value> Column(const std::vector<Item>& items, Field field) {
  std::vector<Value> column;
  column.reserve(items.size());
  std::transform(items.begin(), items.end(), std::back_inserter(column), field);
  return column;
}

template <typename Item, typename Field>
std::vector<std::string> Texts(const std::vector<Item>& items, Field field) {
  return Column<std::string>(items,
                             [&field](const Item& item) { return std::string(field(item)); });
}

template <typename Item, typename Field>
std::vector<std::optional<std::string>> OptionalTexts(const std::vector<Item>& items, Field field) {
  return Column<std::optional<std::string>>(items, field);
}

template <typename Item, typename Field>
std::vector<int64_t> Ints(const std::vector<Item>& items, Field field) {
  return Column<int64_t>(items, field);
}

template <typename Item, typename Field>
std::vector<bool> Bools(const std::vector<Item>& items, Field field) {
  return Column<bool>(items, field);
}

template <typename Item, typename Field>
std::vector<std::optional<absl::CivilDay>> Days(const std::vector<Item>& items, Field field) {
  return Column<std::optional<absl::CivilDay>>(items, field);
}

template <typename Item, typename Field>
std::vector<std::optional<absl::Time>> Times(const std::vector<Item>& items, Field field) {
  return Column<std::optional<absl::Time>>(items, field);
}

}  // namespace vsv::dossiers
