// The towns of an office and the offices of a town are asked both ways round, by different
// statements: of any register, they say the same.
#include "libs/testing/pg_database.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <memory>
#include <random>
#include <string>
#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::IsEmpty;

class ServedTest : public ::testing::Test {
 protected:
  // Towns, offices and memberships as they come: towns of two regions, regions with several offices
  // of a kind, offices of several regions and of a town, memberships that begin and end.
  void FillRegister(std::mt19937& random) {
    ids_.clear();
    const auto chance = [&random](int of) {
      return std::uniform_int_distribution<int>(0, of - 1)(random);
    };
    std::string organisations;
    std::string identifiers;
    std::string memberships;
    for (int i = 0; i < 40; ++i) {
      const char* kind = i < 16 ? "MUNICIPALITY" : i < 28 ? "RMC_OFFICE" : "ATTENDANCE_OFFICE";
      const bool has_parent = i >= 16 && chance(2) == 0;
      // So that the order of ids is not that of kinds.
      const std::string id = absl::StrCat("o", chance(90) + 10, "-", i);
      ids_.push_back(id);
      const std::string comma = i == 0 ? "" : ", ";
      absl::StrAppend(&organisations, comma, "('", id, "', 'x', '", kind, "', ",
                      has_parent ? absl::StrCat("'", ids_[chance(16)], "'") : "NULL",
                      ", 'ACTIVE', 1)");
      // An office with a code of its own is not meant to be, and not forbidden here.
      if (i < 16 || chance(6) == 0) {
        absl::StrAppend(&identifiers, comma, "('MUNICIPALITY_CODE', 'GM", 1000 + i, "', '", id,
                        "')");
      }
      for (int n = chance(4); n > 0; --n) {
        const int from = 2020 + chance(5);
        absl::StrAppend(&memberships, memberships.empty() ? "" : ", ", "('", 10 + chance(5), "', '",
                        memberships.size(), "', '", id, "', '[", from, "-01-01,",
                        chance(2) == 0 ? "" : absl::StrCat(from + 1 + chance(3), "-01-01"),
                        ")', 1)");
      }
    }
    db_->Superuser(absl::StrCat(
        "TRUNCATE directory_organisations, directory_identifiers, directory_memberships; "
        "INSERT INTO directory_organisations (organisation_id, display_name, kind, parent_id, "
        "status, version) VALUES ",
        organisations,
        "; INSERT INTO directory_identifiers (scheme, value, organisation_id) VALUES ", identifiers,
        "; INSERT INTO directory_memberships (region_id, membership_id, organisation_id, validity, "
        "version) VALUES ",
        memberships, "; SELECT 1"));
  }

  std::unique_ptr<testing::PgDatabase> db_ = testing::PgDatabase::OfService("dossiers");
  std::vector<std::string> ids_;
};

// By the residence of each town alone.
constexpr char kByTown[] =
    "SELECT days.day, o.organisation_id, i.value AS municipality_code, r.relation "
    "FROM days, directory_organisations o, directory_identifiers i, "
    "LATERAL unnest(residence_relations(i.value, o.organisation_id, o.kind, days.day)) "
    "AS r (relation) "
    "WHERE i.scheme = 'MUNICIPALITY_CODE' "
    "AND o.kind IN ('MUNICIPALITY', 'RMC_OFFICE', 'ATTENDANCE_OFFICE')";
constexpr char kByOffice[] =
    "SELECT DISTINCT days.day, s.organisation_id, s.municipality_code, s.relation FROM days, "
    "LATERAL served_municipalities((SELECT array_agg(organisation_id) FROM "
    "directory_organisations), days.day) s";

// The offices of all towns at once, and of each alone.
constexpr char kTogether[] =
    "SELECT days.day, r.town, r.municipality_id, r.rmc_office_id, r.attendance_office_id FROM "
    "days, "
    "LATERAL residences((SELECT array_agg(value) FROM directory_identifiers), days.day) r";
constexpr char kAlone[] =
    "SELECT days.day, i.value, r.municipality_id, r.rmc_office_id, r.attendance_office_id "
    "FROM days, directory_identifiers i, LATERAL directory_residence(i.value, days.day) r";
// The list that statements judge by, of all organisations and towns; and each pair alone.
constexpr char kHomes[] =
    "SELECT DISTINCT days.day, home FROM days, LATERAL unnest(residence_homes("
    "(SELECT array_agg(organisation_id) FROM directory_organisations), "
    "(SELECT array_agg(value) FROM directory_identifiers), days.day)) AS home";
constexpr char kPairs[] =
    "SELECT days.day, concat_ws(' ', o.organisation_id, i.value, r.relation) "
    "FROM days, directory_organisations o, directory_identifiers i, "
    "LATERAL unnest(residence_relations(i.value, o.organisation_id, o.kind, days.day)) "
    "AS r (relation) WHERE o.kind IN ('MUNICIPALITY', 'RMC_OFFICE', 'ATTENDANCE_OFFICE')";

// Rows of one of two queries over the same days that are not rows of the other.
std::string Difference(const char* one, const char* other) {
  return absl::StrCat(
      "WITH days (day) AS (VALUES (DATE '2020-06-01'), ('2021-01-01'), ('2023-03-01'), "
      "('2026-01-01')), one AS (",
      one, "), other AS (", other,
      ") (TABLE one EXCEPT TABLE other) UNION ALL (TABLE other EXCEPT TABLE one)");
}

TEST_F(ServedTest, BothWaysRoundSayTheSameOfAnyRegister) {
  size_t served = 0;
  for (unsigned seed = 1; seed <= 25; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    FillRegister(random);
    EXPECT_THAT(db_->Superuser(Difference(kByTown, kByOffice)), IsEmpty());
    EXPECT_THAT(db_->Superuser(Difference(kTogether, kAlone)), IsEmpty());
    EXPECT_THAT(db_->Superuser(Difference(kHomes, kPairs)), IsEmpty());
    served += db_->Superuser(Difference(kByOffice, "SELECT DATE '1900-01-01', '', '', ''")).size();
  }
  EXPECT_GE(served, 1000u);
}

}  // namespace
}  // namespace vsv::dossiers
