// Reads the columns that dossier_contents and dossier_facts (migrations/deploy/content.sql,
// judgement.sql) give.
#pragma once

#include "libs/pg/result.h"
#include "services/dossiers/domain/dossier_row.h"
#include "services/dossiers/storage/pupil_keys.h"

#include "absl/status/statusor.h"

#include <string>
#include <vector>

namespace vsv::dossiers {

// What was granted, with the basis of each category in the same order.
struct Grants {
  CategorySet categories;
  std::vector<std::string> names;
  std::vector<std::string> bases;
};

// Columns `categories` and `bases`.
Grants ReadGrants(const pg::Row& row);

// Columns of dossier_contents. DATA_LOSS when a sealed number does not open.
absl::StatusOr<DossierRow> ReadDossier(const pg::Row& row, const PupilKeys& keys);

// Adds the columns of dossier_facts.
void ReadFacts(const pg::Row& row, DossierRow& dossier);

// The set of these category names; names of no category are left out.
CategorySet CategoriesOf(const std::vector<std::string>& names);

}  // namespace vsv::dossiers
