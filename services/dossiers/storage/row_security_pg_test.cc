// The second wall, attacked: statements that forgot their WHERE, as the role of the server.
#include "libs/pg/transaction.h"
#include "libs/testing/status_matchers.h"
#include "services/dossiers/storage/test_world.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <set>
#include <string>
#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr const char* kTables[] = {
    "pupils",       "dossiers", "dossier_sections", "dossier_parties",     "person_views",
    "applications", "consents", "warm_handovers",   "warm_handover_texts", "first_year_outcomes",
    "holdings",     "recalls"};

class RowSecurity : public ::testing::Test {
 protected:
  // Runs SQL as the app role in a transaction of these callers.
  absl::StatusOr<std::vector<std::string>> As(const std::vector<std::string>& callers,
                                              const std::string& sql) {
    return Run(world_.db().app(), callers, sql);
  }

  absl::StatusOr<std::vector<std::string>> Run(pg::Pool& pool,
                                               const std::vector<std::string>& callers,
                                               const std::string& sql) {
    const std::string name = absl::StrCat("test.", ++statements_);
    std::vector<std::string> rows;
    const absl::Status status = pg::RunInTransaction(
        pool, pg::Mode::kReadWrite, absl::Now() + absl::Seconds(10), {callers},
        [&](pg::Transaction& tx) -> absl::Status {
          rows.clear();
          const absl::StatusOr<pg::Result> result = tx.Execute({name.c_str(), sql.c_str()});
          if (!result.ok()) return result.status();
          for (const pg::Row row : *result) rows.push_back(row.Text("x"));
          affected_ = result->affected_rows();
          return absl::OkStatus();
        });
    if (!status.ok()) return status;
    return rows;
  }

  TestWorld world_;
  int statements_ = 0;
  int64_t affected_ = 0;
};

TEST_F(RowSecurity, WithoutCallersThereIsNothing) {
  const DossierId id = world_.Sent("999900001").dossier.id;
  world_.GiveConsent(id, "mbo", Category::kExtraCare, Purpose::kTransition);
  VSV_ASSERT_OK(world_.Get(world_.As("mbo"), id));
  for (const char* table : kTables) {
    VSV_ASSERT_OK_AND_ASSIGN(const auto rows,
                             As({}, absl::StrCat("SELECT count(*)::text AS x FROM ", table)));
    EXPECT_EQ(rows.front(), "0") << table;
  }
}

TEST_F(RowSecurity, TheSettingDoesNotOutliveTheTransaction) {
  world_.Create("999900001");
  VSV_ASSERT_OK(As({"school"}, "SELECT count(*)::text AS x FROM dossiers"));
  for (int i = 0; i < 10; ++i) {  // whichever connection it gets
    VSV_ASSERT_OK_AND_ASSIGN(const auto rows, As({}, "SELECT id::text AS x FROM dossiers"));
    EXPECT_THAT(rows, IsEmpty());
  }
}

TEST_F(RowSecurity, ABatchSeesTheUnionOfItsCallersAndNoMore) {
  const std::string own = world_.Create("999900001", "school").dossier.id.value();
  const std::string other = world_.Create("999900002", "other-school").dossier.id.value();
  constexpr char kAll[] = "SELECT DISTINCT dossier_id::text AS x FROM dossier_sections";
  VSV_ASSERT_OK_AND_ASSIGN(const auto one, As({"school"}, kAll));
  EXPECT_THAT(one, UnorderedElementsAre(own));
  VSV_ASSERT_OK_AND_ASSIGN(const auto both, As({"school", "other-school"}, kAll));
  EXPECT_THAT(both, UnorderedElementsAre(own, other));
  VSV_ASSERT_OK_AND_ASSIGN(const auto foreign, As({"mbo", "care", "far-town"}, kAll));
  EXPECT_THAT(foreign, IsEmpty());
}

TEST_F(RowSecurity, TheInstitutionAppliedToSeesItsApplicationAndNoContent) {
  const DossierId id = world_.ReadyToSend("999900001").dossier.id;
  world_.Apply(id, "other-mbo");
  VSV_ASSERT_OK_AND_ASSIGN(const auto applications,
                           As({"mbo"}, "SELECT institution_id AS x FROM applications"));
  EXPECT_THAT(applications, UnorderedElementsAre("mbo"));
  for (const char* table : {"dossier_sections", "person_views", "consents", "warm_handovers"}) {
    VSV_ASSERT_OK_AND_ASSIGN(const auto rows,
                             As({"mbo"}, absl::StrCat("SELECT count(*)::text AS x FROM ", table)));
    EXPECT_EQ(rows.front(), "0") << table;
  }
}

TEST_F(RowSecurity, ResidenceOpensTheWallForItsOfficesAlone) {
  world_.Create("999900001");
  for (const char* office : {"town", "rmc", "attendance"}) {
    VSV_ASSERT_OK_AND_ASSIGN(const auto rows, As({office}, "SELECT id::text AS x FROM dossiers"));
    EXPECT_EQ(rows.size(), 1u) << office;
  }
  VSV_ASSERT_OK_AND_ASSIGN(const auto rows,
                           As({"far-town", "far-rmc"}, "SELECT id::text AS x FROM dossiers"));
  EXPECT_THAT(rows, IsEmpty());
}

// Who takes a consent back need not be who recorded it, nor see what the other has set.
TEST_F(RowSecurity, AConsentThatIsTakenBackClosesTheWallWhoeverRecordedIt) {
  const DossierId id = world_.Sent("999900001").dossier.id;
  const Asker mbo = world_.As("mbo");
  Consent consent;
  consent.id = ConsentId(world_.NewId());
  consent.category = Category::kSupport;
  consent.recipient = OrganisationId("care");
  consent.purpose = Purpose::kSupport;
  consent.valid_from = consent.valid_until = consent.given_on = mbo.today;
  consent.evidence = "form 3";
  consent.recorded_by = mbo.organisation;
  consent.recorded_at = mbo.now;
  VSV_ASSERT_OK(world_.Mutate(mbo, id, [&](const DossierRow& row) -> absl::StatusOr<DossierChange> {
    DossierChange change;
    change.dossier = row.dossier;
    change.operation = "TEST";
    change.consent = consent;
    return change;
  }));
  const char* const seen = "SELECT id::text AS x FROM dossiers";
  VSV_ASSERT_OK_AND_ASSIGN(const auto before, As({"care"}, seen));
  EXPECT_THAT(before, UnorderedElementsAre(id.value()));
  VSV_ASSERT_OK(world_.Withdraw(id, consent.id));
  VSV_ASSERT_OK_AND_ASSIGN(const auto after, As({"care"}, seen));
  EXPECT_THAT(after, IsEmpty());
}

TEST_F(RowSecurity, RelationsEndForWhoStandsInsideAlone) {
  const DossierId id = world_.ReadyToSend("999900001").dossier.id;
  world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
  const std::string close = absl::StrCat("SELECT close_parties(ARRAY['16'], ARRAY['", id.value(),
                                         "'::uuid], ARRAY['care'], ARRAY['CONSENTED_PARTY'], "
                                         "ARRAY[now()])::text AS x");
  const auto open = [&] {
    return world_.db()
        .Superuser(
            "SELECT count(*) FROM dossier_parties WHERE organisation_id = 'care' AND to_at IS NULL")
        .front();
  };
  for (const char* outside : {"mbo", "other-school", "far-town"}) {  // mbo is applied to
    VSV_ASSERT_OK_AND_ASSIGN(const auto able, As({outside}, close));
    EXPECT_EQ(able.front(), "0") << outside;
    EXPECT_EQ(open(), "1") << outside;
  }
  VSV_ASSERT_OK_AND_ASSIGN(const auto able, As({"town"}, close));
  EXPECT_EQ(able.front(), "1") << "the pupil lives there";
  EXPECT_EQ(open(), "0");
}

TEST_F(RowSecurity, RecallsAreNotedByWhoStandsInTheDossierAlone) {
  const DossierRow row = world_.Create("999900001");
  VSV_ASSERT_OK(world_.Get(world_.As("town", Purpose::kRmc), row.dossier.id));
  const auto recall = [&](int64_t version) {
    return absl::StrCat("SELECT recall_dossiers(ARRAY['16'], ARRAY['", row.dossier.id.value(),
                        "'::uuid], ARRAY[", version,
                        "::bigint], ARRAY['town'], ARRAY['PROCESS'], ARRAY['BASIS_ENDED'], "
                        "ARRAY[now()])::text AS x");
  };
  const auto noted = [&] {
    return world_.db()
        .Superuser(
            "SELECT (SELECT count(*) FROM recalls) + count(*) FROM holdings WHERE "
            "taken_version IS NOT NULL")
        .front();
  };
  for (const char* outside : {"mbo", "other-school", "far-town"}) {
    VSV_ASSERT_OK_AND_ASSIGN(const auto able, As({outside}, recall(row.dossier.version)));
    EXPECT_EQ(able.front(), "0") << outside;
    EXPECT_EQ(noted(), "0") << outside;
  }
  // Of a change that was not made it says nothing either.
  VSV_ASSERT_OK_AND_ASSIGN(auto able, As({"school"}, recall(row.dossier.version + 1)));
  EXPECT_EQ(able.front(), "0");
  EXPECT_EQ(noted(), "0");
  VSV_ASSERT_OK_AND_ASSIGN(able, As({"school"}, recall(row.dossier.version)));
  EXPECT_EQ(able.front(), "1");
  EXPECT_EQ(noted(), "2") << "the recall, and the one receipt that it names";
}

// What callers serve is looked up once per transaction; other callers in it are looked up anew.
TEST_F(RowSecurity, WhatIsServedIsThatOfTheCallersOfTheMoment) {
  world_.Create("999900001");
  std::vector<std::string> seen;
  const auto look = [&](pg::Transaction& tx, const char* callers) -> absl::Status {
    const absl::StatusOr<pg::Result> set = tx.Execute(
        {"test.callers", "SELECT set_config('vsv.callers', $1, true)"}, pg::Params().Text(callers));
    if (!set.ok()) return set.status();
    const absl::StatusOr<pg::Result> rows =
        tx.Execute({"test.look",
                    "SELECT ((SELECT count(*) FROM dossiers) + (SELECT count(*) FROM "
                    "warm_handovers))::text AS x"});
    if (!rows.ok()) return rows.status();
    seen.push_back((*rows)[0].Text("x"));
    return absl::OkStatus();
  };
  VSV_ASSERT_OK(pg::RunInTransaction(
      world_.db().app(), pg::Mode::kReadWrite, absl::Now() + absl::Seconds(10), {},
      [&](pg::Transaction& tx) -> absl::Status {
        seen.clear();
        for (const char* callers : {"town", "far-town", "rmc", "", "far-rmc,attendance"}) {
          if (absl::Status status = look(tx, callers); !status.ok()) return status;
        }
        return absl::OkStatus();
      }));
  EXPECT_THAT(seen, ::testing::ElementsAre("2", "0", "2", "0", "2"));
}

// dossier_contents runs as the owner, whom no policy stops: whatever it is asked for, it shows what
// the policies show.
TEST_F(RowSecurity, ContentReadForManyIsWhatThePoliciesShow) {
  world_.Create("999900001", "school");
  world_.Create("999900002", "other-school");
  const DossierId sent = world_.Sent("999900003").dossier.id;
  const DossierId applied = world_.ReadyToSend("999900004").dossier.id;
  world_.Apply(applied, "other-mbo");
  world_.GiveConsent(sent, "care", Category::kSupport, Purpose::kSupport);
  world_.db().Superuser(
      "INSERT INTO warm_handover_texts SELECT region_id, id, 'a', 'b', 'c' FROM dossiers");
  world_.db().Superuser(
      "INSERT INTO first_year_outcomes SELECT region_id, id, '2026-01-01', 'SWITCHED', 'why', "
      "'where', now() FROM dossiers");
  const std::string ids =
      world_.db().Superuser("SELECT array_agg(id ORDER BY id)::text FROM dossiers").front();
  const std::string contents = absl::StrCat(
      "SELECT concat_ws(' ', count(*), sum(cardinality(d.section_categories)), "
      "sum(cardinality(d.views)) / 10, count(d.handover), count(d.agreed_support), "
      "sum(cardinality(d.first_year)) / 5, count(d.pgn_sealed)) AS x "
      "FROM (SELECT array_agg('16'::text) AS regions, array_agg(a.id) AS ids, "
      "array_agg('PROCESS,ADMINISTRATIVE,PGN,CAREER,SOCIAL_EMOTIONAL,SUPPORT,ABSENCE,HEALTH,"
      "EXTRA_CARE,VIEW'::text) AS categories FROM unnest('",
      ids,
      "'::uuid[]) AS a (id)) asked, "
      "dossier_contents(asked.regions, asked.ids, asked.categories, true) d");
  const std::string rows =
      "SELECT concat_ws(' ', (SELECT count(*) FROM dossiers), "
      "(SELECT nullif(count(*), 0) FROM dossier_sections), "
      "(SELECT nullif(count(*), 0) FROM person_views), (SELECT count(*) FROM warm_handovers), "
      "(SELECT count(*) FROM warm_handover_texts), "
      "(SELECT nullif(count(*), 0) FROM first_year_outcomes), (SELECT count(*) FROM pupils)) AS x";
  std::set<std::string> different;
  for (const std::vector<std::string>& callers :
       std::vector<std::vector<std::string>>{{},
                                             {"nobody"},
                                             {"school"},
                                             {"other-school"},
                                             {"mbo"},
                                             {"other-mbo"},
                                             {"care"},
                                             {"town"},
                                             {"rmc"},
                                             {"attendance"},
                                             {"far-town"},
                                             {"far-rmc", "other-mbo"},
                                             {"other-school", "mbo"}}) {
    VSV_ASSERT_OK_AND_ASSIGN(const auto read, As(callers, contents));
    VSV_ASSERT_OK_AND_ASSIGN(const auto shown, As(callers, rows));
    EXPECT_EQ(read, shown) << ::testing::PrintToString(callers);
    different.insert(read.front());
  }
  // From nothing to everything.
  EXPECT_GE(different.size(), 5u) << ::testing::PrintToString(different);
}

TEST_F(RowSecurity, TheInstitutionAppliedToReadsNoContentForMany) {
  const DossierId id = world_.ReadyToSend("999900001").dossier.id;
  VSV_ASSERT_OK_AND_ASSIGN(
      const auto read,
      As({"mbo"}, absl::StrCat("SELECT concat_ws(' ', d.state, d.section_categories::text, "
                               "d.views::text, d.handover::text) AS x FROM "
                               "dossier_contents('{16}', '{",
                               id.value(), "}', '{\"PROCESS,CAREER,VIEW\"}', false) d")));
  EXPECT_THAT(read, UnorderedElementsAre("AGREED"));
}

TEST_F(RowSecurity, TheWorkerReadsNoContentForMany) {
  EXPECT_FALSE(Run(world_.db().worker(), {},
                   "SELECT id::text AS x FROM dossier_contents('{}', '{}', '{}', true)")
                   .ok());
}

TEST_F(RowSecurity, WritesWithoutWhereTouchNobodyElse) {
  world_.Create("999900001", "school");
  VSV_ASSERT_OK(
      As({"other-school"}, "UPDATE dossiers SET rejection_note = 'x' RETURNING 'x' AS x"));
  EXPECT_EQ(affected_, 0);
  VSV_ASSERT_OK(As({"other-school"}, "DELETE FROM dossier_sections RETURNING 'x' AS x"));
  EXPECT_EQ(affected_, 0);
}

TEST_F(RowSecurity, NobodyMakesItselfAParty) {
  const std::string id = world_.Create("999900001", "school").dossier.id.value();
  const std::string attack = absl::StrCat(
      "INSERT INTO dossier_parties VALUES ('16', '", id,
      "', 'other-school', 'RECEIVING', 'other-school', now(), NULL) RETURNING 'x' AS x");
  EXPECT_FALSE(As({"other-school"}, attack).ok());
  EXPECT_EQ(world_.db().Superuser("SELECT count(*) FROM dossier_parties").front(), "1");
}

TEST_F(RowSecurity, TheWallCannotBePutDown) {
  world_.Create("999900001");
  // Row security off does not show more: it makes the statement fail.
  EXPECT_FALSE(As({"mbo"}, "SELECT set_config('row_security', 'off', true) AS x").ok() &&
               As({"mbo"},
                  "WITH off AS MATERIALIZED (SELECT set_config('row_security', 'off', true)) "
                  "SELECT d.id::text AS x FROM off, dossiers d")
                   .ok() &&
               !As({"mbo"}, "SELECT id::text AS x FROM dossiers")->empty());
  EXPECT_FALSE(As({"school"}, "ALTER TABLE dossiers DISABLE ROW LEVEL SECURITY").ok());
  EXPECT_FALSE(As({"school"}, "DROP POLICY dossiers_touch ON dossiers").ok());
  EXPECT_FALSE(As({"school"}, "SET ROLE vsv_dossiers_owner").ok());
}

TEST_F(RowSecurity, APupilIsFoundByWhoBringsTheNumber) {
  world_.Create("999900001");
  VSV_ASSERT_OK_AND_ASSIGN(const auto hidden, As({"mbo"}, "SELECT id::text AS x FROM pupils"));
  EXPECT_THAT(hidden, IsEmpty());
  VSV_ASSERT_OK_AND_ASSIGN(const auto own, As({"school"}, "SELECT id::text AS x FROM pupils"));
  EXPECT_EQ(own.size(), 1u);
}

TEST_F(RowSecurity, TheWorkerReadsNoContent) {
  world_.Create("999900001");
  pg::Pool& worker = world_.db().worker();
  EXPECT_FALSE(Run(worker, {}, "SELECT category AS x FROM dossier_sections").ok());
  EXPECT_FALSE(Run(worker, {}, "SELECT id::text AS x FROM pupils").ok());
  EXPECT_FALSE(Run(worker, {}, "SELECT birth_on::text AS x FROM dossiers").ok());
  EXPECT_FALSE(Run(worker, {}, "UPDATE dossiers SET state = 'SENT' RETURNING 'x' AS x").ok());
}

}  // namespace
}  // namespace vsv::dossiers
