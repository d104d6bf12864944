// Columns that hold organisation ids.
#pragma once

#include "libs/pg/result.h"
#include "services/programs/domain/names.h"

#include "absl/strings/string_view.h"

#include <string>
#include <vector>

namespace vsv::programs {

inline OrganisationId Organisation(const pg::Row& row, absl::string_view column) {
  return OrganisationId(row.Text(column));
}

inline std::vector<OrganisationId> Organisations(const pg::Row& row, absl::string_view column) {
  std::vector<OrganisationId> ids;
  for (std::string& id : row.TextArray(column)) ids.emplace_back(std::move(id));
  return ids;
}

inline std::vector<std::string> Texts(const std::vector<OrganisationId>& ids) {
  std::vector<std::string> texts;
  texts.reserve(ids.size());
  for (const OrganisationId& id : ids) texts.push_back(id.value());
  return texts;
}

}  // namespace vsv::programs
