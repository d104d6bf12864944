// The second wall of every service but dossiers (services/dossiers/storage/catalogue_pg_test.cc):
// what the database itself lets its roles do.
#include "libs/testing/pg_database.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <memory>
#include <string>
#include <vector>

namespace vsv::server {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using Names = std::vector<std::string>;

// What is said of a service: which of its tables hold personal data, and which of them it may
// change and empty.
struct Said {
  std::string service;
  Names personal;
  Names updated;
  Names deleted;
};

void PrintTo(const Said& said, std::ostream* out) {
  *out << said.service;
}

class ServiceWalls : public ::testing::TestWithParam<Said> {
 protected:
  // Tables of which this holds, with the roles of the service as APP and WORKER.
  Names Tables(const std::string& condition) {
    const std::string role = absl::StrCat("'vsv_", GetParam().service);
    return database_->Superuser(absl::StrCat(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm') AND "
        "relnamespace = 'public'::regnamespace AND (",
        absl::StrReplaceAll(condition, {{"APP", role + "_app'"}, {"WORKER", role + "_worker'"}}),
        ") ORDER BY 1"));
  }

  std::unique_ptr<testing::PgDatabase> database_ =
      testing::PgDatabase::OfService(GetParam().service);
};

TEST_P(ServiceWalls, StandForcedAroundPersonalData) {
  EXPECT_THAT(Tables("relrowsecurity AND relforcerowsecurity"),
              ElementsAreArray(GetParam().personal));
  EXPECT_THAT(Tables("relrowsecurity <> relforcerowsecurity"), IsEmpty());
  // Who is somebody is told by columns like these; keys of subjects are known by a hash alone.
  const Names named = Tables(
      "relkind = 'r' AND relname <> 'subject_keys' AND EXISTS (SELECT FROM "
      "pg_attribute WHERE attrelid = pg_class.oid AND attnum > 0 AND attname ~ "
      "'^(pupil|pgn|birth|subject|user_id|given|family)')");
  for (const std::string& table : named)
    EXPECT_THAT(GetParam().personal, ::testing::Contains(table));
}

TEST_P(ServiceWalls, OpenForNobodyElse) {
  EXPECT_THAT(
      Tables("has_any_column_privilege('public', oid, 'SELECT, INSERT, UPDATE, REFERENCES') "
             "OR has_table_privilege('public', oid, 'DELETE, TRUNCATE, TRIGGER')"),
      IsEmpty());
}

TEST_P(ServiceWalls, LetTheServiceDoNoMoreThanItMust) {
  EXPECT_THAT(Tables("has_any_column_privilege(APP, oid, 'UPDATE')"),
              ElementsAreArray(GetParam().updated));
  EXPECT_THAT(Tables("has_table_privilege(APP, oid, 'DELETE')"),
              ElementsAreArray(GetParam().deleted));
  for (const char* role : {"APP", "WORKER"}) {
    EXPECT_THAT(Tables(absl::StrCat("has_table_privilege(", role, ", oid, 'TRUNCATE, TRIGGER') OR ",
                                    "has_any_column_privilege(", role, ", oid, 'REFERENCES')")),
                IsEmpty())
        << role;
  }
  // Who works in the background writes the trail, and reads nothing that is personal.
  for (const std::string& table : GetParam().personal) {
    EXPECT_THAT(Tables(absl::StrCat("relname = '", table,
                                    "' AND has_any_column_privilege(WORKER, oid, 'SELECT')")),
                IsEmpty());
  }
}

INSTANTIATE_TEST_SUITE_P(
    Of, ServiceWalls,
    ::testing::Values(Said{"partners",
                           {},
                           {"agreements", "credentials", "mandates", "organisations",
                            "programme_roles", "region_memberships", "regions", "request_records"},
                           {"organisation_contacts", "organisation_identifiers"}},
                      Said{"programs",
                           {"audit_entries", "audit_entry_subjects"},
                           {"indicator_links", "lines", "measures", "programs", "request_records",
                            "special_assignments"},
                           {"assignment_results", "crossed_lines", "line_budgets", "milestones"}},
                      Said{"outcomes",
                           {"audit_entries", "audit_entry_subjects", "cohort_pupils"},
                           {"ambitions", "cohort_pupils", "cohorts", "figures", "request_records"},
                           {"ambition_conflicts", "ambition_targets"}}),
    [](const ::testing::TestParamInfo<Said>& tested) { return tested.param.service; });

}  // namespace
}  // namespace vsv::server
