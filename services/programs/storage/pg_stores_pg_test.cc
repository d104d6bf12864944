#include "libs/testing/pg_database.h"
#include "services/programs/storage/pg_line_facts_store.h"
#include "services/programs/storage/pg_region_roles.h"
#include "services/programs/storage/pg_resource_store.h"
#include "services/programs/storage/process_counts_rows.h"
#include "services/programs/storage/statements.h"
#include "services/programs/testing/store_conformance.h"

#include <memory>
#include <random>
#include <string>
#include <vector>

namespace vsv::programs {
namespace {

using vsv::testing::PgDatabase;

absl::Time Soon() {
  return absl::Now() + absl::Seconds(20);
}

struct PgBackend {
  Stores stores() { return {programs, lines, measures, assignments, links, facts}; }

  void Count(const std::vector<CounterValue>& values, absl::Time as_of) {
    ASSERT_THAT(
        pg::RunInTransaction(database->worker(), pg::Mode::kReadWrite, Soon(), {},
                             [&values](pg::Transaction& tx) { return PutCounters(tx, values); }),
        IsOk());
    database->Superuser(
        absl::StrCat("INSERT INTO projection_cursors VALUES ('dossiers', 'c', to_timestamp(",
                     absl::ToUnixSeconds(as_of), "))"));
  }

  std::unique_ptr<PgDatabase> database = PgDatabase::OfService("programs");
  PgResourceStore<Program> programs{database->app()};
  PgResourceStore<ProgramLine> lines{database->app()};
  PgResourceStore<Measure> measures{database->app()};
  PgResourceStore<SpecialAssignment> assignments{database->app()};
  PgResourceStore<IndicatorLink> links{database->app()};
  PgLineFactsStore facts{database->app()};
};

INSTANTIATE_TYPED_TEST_SUITE_P(Pg, StoreConformance, ::testing::Types<PgBackend>);

class ProcessCounts : public ::testing::Test {
 protected:
  std::vector<std::string> Kept() {
    return database_->Superuser("SELECT state, day, value FROM process_counts ORDER BY state, day");
  }

  absl::Status Put(std::vector<CounterValue> values) {
    return pg::RunInTransaction(database_->worker(), pg::Mode::kReadWrite, Soon(), {},
                                [&values](pg::Transaction& tx) { return PutCounters(tx, values); });
  }

  // "state|due date|count" of region 16 at the end of a day.
  std::vector<std::string> Counted(absl::CivilDay day) {
    std::vector<std::string> counted;
    EXPECT_THAT(pg::RunInTransaction(
                    database_->app(), pg::Mode::kReadOnly, Soon(), {},
                    [&](pg::Transaction& tx) -> absl::Status {
                      const auto rows =
                          tx.Execute(sql::kSumProcessCounts,
                                     pg::Params()
                                         .Text("16")
                                         .TextArray(std::vector<std::string>{"TRANSITION"})
                                         .Day(day));
                      if (!rows.ok()) return rows.status();
                      for (const pg::Row row : *rows) {
                        counted.push_back(absl::StrCat(row.Text("state"), "|",
                                                       absl::FormatCivilTime(row.Day("due_on")),
                                                       "|", row.Int("count")));
                      }
                      return absl::OkStatus();
                    }),
                IsOk());
    return counted;
  }

  CounterValue Value(std::string state, int64_t value) {
    return {"16",
            Process::kTransition,
            std::move(state),
            OrganisationId("school-a"),
            absl::CivilDay(2022, 3, 1),
            absl::CivilDay(2022, 2, 1),
            value};
  }

  std::unique_ptr<PgDatabase> database_ = PgDatabase::OfService("programs");
};

TEST_F(ProcessCounts, ANewerValueReplacesTheOlderOne) {
  ASSERT_THAT(Put({Value("SENT", 3), Value("AGREED", -3)}), IsOk());
  ASSERT_THAT(Put({Value("SENT", 4), Value("SENT", 5)}), IsOk());
  EXPECT_THAT(Kept(), ElementsAre("AGREED|2022-02-01|-3", "SENT|2022-02-01|5"));
}

// Random counters over two years, put in random portions and replaced at random: on every day the
// sum by months is the sum of all days before.
TEST_F(ProcessCounts, AreOnEveryDayTheSumOfAllDaysBefore) {
  std::mt19937 random(20261122);
  const auto pick = [&random](int n) {
    return static_cast<int>(random() % static_cast<unsigned>(n));
  };
  const absl::CivilDay first(2022, 1, 1);
  for (int portion = 0; portion < 40; ++portion) {
    std::vector<CounterValue> values;
    for (int i = 0; i < 25; ++i) {
      CounterValue value = Value(pick(2) == 0 ? "SENT" : "AGREED", pick(7) - 3);
      value.day = first + pick(730);
      value.due_on = absl::CivilDay(2024, 1 + pick(2), 1);
      if (pick(5) == 0) value.region = "19";
      values.push_back(value);
    }
    ASSERT_THAT(Put(values), IsOk());
  }
  for (const absl::CivilDay day :
       {first - 1, first, absl::CivilDay(2022, 1, 31), absl::CivilDay(2022, 2, 1),
        absl::CivilDay(2023, 2, 28), absl::CivilDay(2023, 6, 15), first + 2000}) {
    EXPECT_THAT(
        Counted(day),
        ::testing::UnorderedElementsAreArray(database_->Superuser(absl::StrCat(
            "SELECT state, due_on, sum(value) FROM process_counts WHERE "
            "region_id = '16' AND day <= '",
            absl::FormatCivilTime(day), "' GROUP BY state, due_on HAVING sum(value) <> 0"))))
        << day;
  }
}

TEST_F(ProcessCounts, AreForgottenAsAWhole) {
  ASSERT_THAT(Put({Value("SENT", 3)}), IsOk());
  ASSERT_THAT(pg::RunInTransaction(database_->worker(), pg::Mode::kReadWrite, Soon(), {},
                                   [](pg::Transaction& tx) { return ClearCounters(tx); }),
              IsOk());
  EXPECT_TRUE(Kept().empty());
  EXPECT_TRUE(database_->Superuser("SELECT month FROM process_months").empty());
}

TEST_F(ProcessCounts, AreNotWrittenByRequests) {
  EXPECT_FALSE(pg::RunInTransaction(
                   database_->app(), pg::Mode::kReadWrite, Soon(), {},
                   [this](pg::Transaction& tx) { return PutCounters(tx, {Value("SENT", 3)}); })
                   .ok());
}

TEST(RegionRolesInTheRegister, HoldOnTheDayAndInTheRegion) {
  const auto database = PgDatabase::OfService("programs");
  database->Superuser(
      "INSERT INTO directory_programme_roles VALUES"
      " ('16', 'a', 'gemeente-amersfoort', 'CONTACT_MUNICIPALITY', '[2021-01-01,2025-01-01)', 1),"
      " ('19', 'b', 'gemeente-amersfoort', 'PARTNER', '[2021-01-01,)', 1)");
  PgRegionRoles roles(database->app());
  const OrganisationId amersfoort("gemeente-amersfoort");
  EXPECT_THAT(*roles.RolesOf("16", amersfoort, absl::CivilDay(2024, 12, 31), Soon()),
              ElementsAre(ProgrammeRole::kContactMunicipality));
  EXPECT_TRUE(roles.RolesOf("16", amersfoort, absl::CivilDay(2025, 1, 1), Soon())->empty());
  EXPECT_THAT(*roles.RolesOf("19", amersfoort, absl::CivilDay(2024, 1, 1), Soon()),
              ElementsAre(ProgrammeRole::kPartner));
}

TEST(Statements, AreAllAcceptedByTheDatabase) {
  const auto database = PgDatabase::OfService("programs");
  for (const pg::Statement* statement : sql::kAll) {
    const std::vector<std::string> rows =
        database->Superuser(absl::StrCat("PREPARE one AS ", statement->sql, "; SELECT 1"));
    EXPECT_THAT(rows, ElementsAre("1")) << statement->name;
  }
}

}  // namespace
}  // namespace vsv::programs
