// The right to be forgotten, attacked: what is left anywhere, who else may erase, and what happens
// to those who read, write and enrol meanwhile.
#include "libs/audit/audit.h"
#include "libs/base/hash.h"
#include "libs/errors/errors.h"
#include "libs/pg/connection.h"
#include "libs/testing/eventually.h"
#include "libs/testing/status_matchers.h"
#include "services/dossiers/domain/related_rules.h"
#include "services/dossiers/domain/warm_handover_rules.h"
#include "services/dossiers/storage/access_log.h"
#include "services/dossiers/storage/delivery.h"
#include "services/dossiers/storage/struck_stores.h"
#include "services/dossiers/storage/test_world.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::vsv::testing::Eventually;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;

class ErasureTest : public ::testing::Test {
 protected:
  std::vector<std::string> Rows(const std::string& sql) { return world_.db().Superuser(sql); }

  int64_t Count(const std::string& from) {
    return std::stoll(Rows("SELECT count(*) FROM " + from).front());
  }

  // A dossier at mbo with something in every table that can hold something of it.
  DossierId Full(absl::string_view pgn) {
    DossierId id = world_.Sent(pgn).dossier.id;
    const ConsentId consent =
        world_.GiveConsent(id, "mbo", Category::kExtraCare, Purpose::kTransition);
    VSV_EXPECT_OK(world_.Get(world_.As("mbo"), id));
    VSV_EXPECT_OK(world_.Withdraw(id, consent));
    VSV_EXPECT_OK(world_.Get(world_.As("town", Purpose::kRmc), id));
    const Asker school = world_.As("school");
    VSV_EXPECT_OK(
        world_.Mutate(school, id, [](const DossierRow& row) -> absl::StatusOr<DossierChange> {
          DossierChange change;
          change.dossier = row.dossier;
          change.operation = "TEST";
          change.handover_texts.agreed_support = "content of the handover";
          change.first_year = FirstYearOutcome();
          change.first_year->count_on = absl::CivilDay(2026, 10, 1);
          change.first_year->reason = "content of the first year";
          return change;
        }));
    return id;
  }

  // Tables, catalogue and all, in which a row has `text` in any column.
  std::set<std::string> TablesWith(const std::string& text) {
    std::set<std::string> found;
    for (const std::string& table :
         Rows("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = "
              "'public'::regnamespace")) {
      if (Count(absl::StrCat(table, " t WHERE position('", text, "' IN t::text) > 0")) > 0)
        found.insert(table);
    }
    return found;
  }

  std::set<std::string> KeysOf(const DossierId& id) {
    const auto rows = Rows(
        absl::StrCat("SELECT subject_id FROM subject_keys WHERE subject_id = '", id.value(), "'"));
    return {rows.begin(), rows.end()};
  }

  TestWorld world_;
};

TEST_F(ErasureTest, NothingOfItIsLeftInAnyTable) {
  const DossierId id = Full("999900001");
  const std::string dossier = absl::StrCat("dossier_id = '", id.value(), "'");
  std::vector<std::string> traces = Rows("SELECT id FROM pupils UNION ALL SELECT id FROM consents");
  for (const std::string& hash : Rows("SELECT encode(pgn_hash, 'hex') FROM pupils"))
    traces.push_back(hash);
  traces.push_back(base::HexEncode("content of"));
  traces.emplace_back("content of");
  const std::vector<std::string> applications = Rows("SELECT id FROM applications");
  for (const std::string& trace : traces) EXPECT_FALSE(TablesWith(trace).empty()) << trace;
  const std::set<std::string> before = TablesWith(id.value());
  // Every table that names a dossier by the catalogue is put to the test, a future one too.
  for (const std::string& table :
       Rows("SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = "
            "'public' AND column_name = 'dossier_id'")) {
    EXPECT_EQ(before.count(table), 1U) << table << " is empty: fill it, or this proves nothing";
  }

  VSV_ASSERT_OK(world_.Erase(id));
  // Ids of who held what, of what was told, and of requests (72 h): they are nobody's any more.
  for (const std::string& table : TablesWith(id.value())) {
    const std::set<std::string> ids = {"holdings", "recalls", "feed", "feed_outbox",
                                       "request_records"};
    EXPECT_EQ(ids.count(table), 1U) << table;
  }
  for (const std::string& trace : traces) {
    EXPECT_TRUE(TablesWith(trace).empty() ||
                TablesWith(trace) == std::set<std::string>{"request_records"})
        << trace;
  }
  EXPECT_EQ(Count("request_records WHERE body_hash <> ''"), 1) << "that of the erasure alone";
  EXPECT_EQ(Count("pupils"), 0);
  EXPECT_EQ(Count("erasures WHERE ground = 'REQUEST'"), 1);
  EXPECT_THAT(Rows("SELECT encode(dossier_hash, 'hex') FROM erasures"),
              ElementsAre(base::HexEncode(world_.keys().HashErased(world_.region, id))));
}

TEST_F(ErasureTest, ThePupilStaysWhileAnotherDossierNamesIt) {
  const DossierRow first = world_.Create("999900001", "school");
  const DossierRow other = world_.Create("999900001", "other-school");
  VSV_ASSERT_OK(world_.Erase(first.dossier.id));
  EXPECT_EQ(Count("pupils"), 1);
  const absl::StatusOr<DossierRow> kept = world_.Get(world_.As("other-school"), other.dossier.id);
  VSV_ASSERT_OK(kept);
  EXPECT_EQ(kept->pgn, "999900001");
  VSV_ASSERT_OK(world_.Erase(other.dossier.id, "other-school"));
  EXPECT_EQ(Count("pupils"), 0);
}

TEST_F(ErasureTest, TheTrailStaysCompleteAndBecomesNobodys) {
  const DossierId id = Full("999900001");
  const DossierId other = world_.Create("999900002").dossier.id;
  const int64_t entries = Count("audit_entries");
  const int64_t subjects = Count("audit_entry_subjects");
  MutateCommand erase = world_.Erasing(world_.As("school"), id);
  erase.asker.method = "/vsv.dossiers.v1.ErasureService/EraseDossier";
  VSV_ASSERT_OK(world_.store().Mutate({erase}).front());
  EXPECT_EQ(Count("audit_entries"), entries + 1);
  EXPECT_EQ(Count("audit_entry_subjects"), subjects + 1);
  EXPECT_THAT(
      Rows("SELECT organisation_id, outcome, 'HEALTH' = ANY (categories) FROM audit_entries "
           "WHERE method LIKE '%EraseDossier'"),
      ElementsAre("school|GRANTED|t"));
  // Whoever tries or repeats afterwards leaves no key that would make it somebody's again.
  EXPECT_THAT(world_.Get(world_.As("school"), id), HasReason("DOSSIER_NOT_FOUND"));
  VSV_EXPECT_OK(world_.store().Mutate({erase}).front());
  EXPECT_THAT(KeysOf(id), IsEmpty());
  EXPECT_EQ(KeysOf(other).size(), 1U);
  const absl::Status status = pg::RunInTransaction(
      world_.db().app(), pg::Mode::kReadWrite, absl::Now() + absl::Seconds(10), {{"school"}},
      [&](pg::Transaction& tx) -> absl::Status {
        const auto found = audit::ListEntries(tx, "16", id.value(), std::nullopt, 100);
        EXPECT_TRUE(found.ok() && found->empty());
        return found.status();
      });
  VSV_EXPECT_OK(status);
}

TEST_F(ErasureTest, WhatWasOpenIsNoLongerCounted) {
  world_.Create("999900002");
  const DossierId id = world_.Create("999900001").dossier.id;
  const std::string open = "SELECT sum(delta) FROM process_counts WHERE state = 'A_IN_PROGRESS'";
  EXPECT_THAT(Rows(open), ElementsAre("2"));
  world_.db().Superuser("DELETE FROM feed_outbox; SELECT 1");
  VSV_ASSERT_OK(world_.Erase(id));
  EXPECT_THAT(Rows(open), ElementsAre("1"));
  EXPECT_EQ(Count("feed_outbox WHERE resource_kind = 'dossier' AND version = 2"), 1);
  EXPECT_GE(Count("feed_outbox WHERE resource_kind = 'process_count'"), 1);
}

TEST_F(ErasureTest, TheWallErasesForNobodyElse) {
  const DossierId id = Full("999900001");
  const auto erase_as = [&](const std::string& caller, const std::string& function) {
    const std::string name = absl::StrCat("test.", function, caller);
    const std::string sql =
        absl::StrCat("SELECT count(*) AS x FROM ", function, "(ARRAY['16'], ARRAY['", id.value(),
                     "'::uuid], ARRAY[sha256('x')], ARRAY[now()], ARRAY['REQUEST'])");
    int64_t erased = -1;
    const absl::Status status = pg::RunInTransaction(
        world_.db().app(), pg::Mode::kReadWrite, absl::Now() + absl::Seconds(10), {{caller}},
        [&](pg::Transaction& tx) -> absl::Status {
          const absl::StatusOr<pg::Result> result = tx.Execute({name.c_str(), sql.c_str()});
          if (result.ok()) erased = (*result)[0].Int("x");
          return result.status();
        });
    return status.ok() ? erased : -1;
  };
  // The addressee holds it, the town serves the residence: neither accounts for it.
  for (const char* other : {"mbo", "town", "other-school"}) {
    EXPECT_EQ(erase_as(other, "erase_dossiers"), 0) << other;
  }
  EXPECT_EQ(erase_as("school", "erase_dossiers_again"), -1) << "for the worker alone";
  for (const char* state : {"ACCEPTED", "PROCESSED"}) {
    Rows(absl::StrCat("UPDATE dossiers SET state = '", state,
                      "', responsible_organisation_id = 'mbo'; SELECT 1"));
    EXPECT_EQ(erase_as("school", "erase_dossiers"), 0) << state << ": mbo has taken over";
  }
  EXPECT_EQ(Count("dossiers"), 1);
  Rows("UPDATE dossiers SET state = 'SENT'; SELECT 1");
  EXPECT_EQ(erase_as("school", "erase_dossiers"), 1);
  EXPECT_EQ(Count("dossiers"), 0);
}

TEST_F(ErasureTest, WhatWasReadBeforeAndHandedOutAfterIsNotHandedOut) {
  const DossierId id = world_.Sent("999900001").dossier.id;
  const Asker mbo = world_.As("mbo");
  absl::Status handed_out;
  const absl::Status status = pg::RunInTransaction(
      world_.db().app(), pg::Mode::kReadWrite, mbo.deadline, {{"mbo"}},
      [&](pg::Transaction& tx) -> absl::Status {
        VSV_EXPECT_OK(world_.Erase(id));  // between the reading and the receipt
        const Grants grants{.names = {"PROCESS"}, .bases = {"LAW"}};
        const Delivery delivery{&mbo, world_.region, id, 1, grants};
        handed_out = FirstReceipts().Record(tx, {delivery});
        Access access{&mbo, world_.region, kDossierKind, {id}, {Category::kProcess}};
        access.may_be_gone = true;
        return Log(tx, {access});
      });
  EXPECT_THAT(handed_out, HasReason("TRANSACTION_CONFLICT"));
  VSV_EXPECT_OK(status);
  EXPECT_THAT(KeysOf(id), IsEmpty()) << "the late entry makes nobody a subject again";
}

// A receipt that ended and is opened anew counts like a first one.
TEST_F(ErasureTest, WhatIsGrantedAnewIsNotHandedOutAfterAnErasureEither) {
  for (const char* ended :
       {"recalled_at = now(), recalled_version = 1", "ended_noted_at = now()"}) {
    const DossierId id = world_.Sent("999900001").dossier.id;
    const Asker mbo = world_.As("mbo");
    VSV_ASSERT_OK(world_.Get(mbo, id));
    Rows(absl::StrCat("UPDATE holdings SET ", ended, " RETURNING dossier_id"));
    absl::Status handed_out;
    const absl::Status status = pg::RunInTransaction(
        world_.db().app(), pg::Mode::kReadWrite, mbo.deadline, {{"mbo"}},
        [&](pg::Transaction& tx) -> absl::Status {
          VSV_EXPECT_OK(world_.Erase(id));
          const Grants grants{.names = {"PROCESS"}, .bases = {"LAW"}};
          handed_out = FirstReceipts().Record(tx, {{&mbo, world_.region, id, 1, grants}});
          return absl::CancelledError("read again");
        });
    EXPECT_TRUE(absl::IsCancelled(status)) << status;
    EXPECT_THAT(handed_out, HasReason("TRANSACTION_CONFLICT")) << ended;
  }
}

// A refusal is undone by a run of its own: between the two the dossier is erased.
TEST_F(ErasureTest, WhoIsRefusedMeanwhileMakesNobodyASubjectAgain) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  auto eraser = pg::Connection::Open({.url = world_.db().superuser_url()}, deadline);
  ASSERT_TRUE(eraser.ok()) << eraser.status();
  std::thread erase;
  const auto strike = [&](const char* name, absl::Duration, absl::StatusCode) {
    if (erase.joinable() || absl::string_view(name) != "dossiers.judge_dossiers") return;
    erase = std::thread([&] {
      // Who waits for the whole table goes before whoever comes after.
      VSV_EXPECT_OK((*eraser)->Command(
          "BEGIN; LOCK TABLE dossiers; DELETE FROM dossiers; DELETE FROM subject_keys; COMMIT",
          deadline));
    });
    EXPECT_TRUE(Eventually([&] { return world_.SomebodyWaits(); }));
  };
  StruckStore store(world_, strike);
  MutateCommand command = world_.Erasing(world_.As("school"), id);
  command.expected_version = 7;
  EXPECT_THAT(store->Mutate({command}).front(), HasReason("ETAG_MISMATCH"));
  erase.join();
  EXPECT_THAT(Rows("SELECT outcome FROM audit_entries ORDER BY recorded_at DESC LIMIT 1"),
              ElementsAre("REFUSED"));
  EXPECT_THAT(KeysOf(id), IsEmpty());
}

TEST_F(ErasureTest, WhoReadsOrWritesMeanwhileHasAllOfItOrNothing) {
  for (int round = 0; round < 8; ++round) {
    const DossierId id = world_.Sent(absl::StrCat("99990010", round)).dossier.id;
    std::atomic<bool> gone{false};
    std::vector<std::thread> others;
    for (const char* reader : {"mbo", "school", "town"}) {
      others.emplace_back([&, reader] {
        const Purpose purpose = reader[0] == 't' ? Purpose::kRmc : Purpose::kTransition;
        while (!gone) {
          const absl::StatusOr<DossierRow> row = world_.Get(world_.As(reader, purpose), id);
          if (row.ok()) {
            EXPECT_EQ(row->sections.size(), reader[0] == 'm' ? 5U : reader[0] == 's' ? 7U : 1U);
          } else {
            EXPECT_THAT(row, HasReason("DOSSIER_NOT_FOUND"));
          }
        }
      });
    }
    others.emplace_back([&] {
      while (!gone) {
        const auto touched = world_.Mutate(
            world_.As("school"), id, [](const DossierRow& row) -> absl::StatusOr<DossierChange> {
              DossierChange change;
              change.dossier = row.dossier;
              change.operation = "TEST";
              return change;
            });
        EXPECT_TRUE(touched.ok() || errors::ReasonOf(touched.status()) == "DOSSIER_NOT_FOUND")
            << touched.status();
      }
    });
    absl::SleepFor(absl::Milliseconds(5 * round));
    VSV_EXPECT_OK(world_.Erase(id));
    EXPECT_THAT(world_.Get(world_.As("school"), id), HasReason("DOSSIER_NOT_FOUND"));
    gone = true;
    for (std::thread& other : others) other.join();
    EXPECT_THAT(KeysOf(id), IsEmpty());
  }
  EXPECT_EQ(Count("dossier_sections"), 0);
  EXPECT_EQ(
      Count("holdings h WHERE NOT EXISTS (SELECT FROM recalls r WHERE r.reason = 'ERASED' AND "
            "r.dossier_id = h.dossier_id AND r.holder_organisation_id = h.organisation_id)"),
      0)
      << "whoever got it is told";
}

TEST_F(ErasureTest, WhoEnrolsThePupilMeanwhileMakesThePupilAnew) {
  std::vector<std::thread> schools;
  for (const char* school : {"school", "other-school"}) {
    schools.emplace_back([&, school] {
      for (int i = 0; i < 25; ++i) {
        const auto made =
            world_.store().Create({world_.CreateCommandFor("999900001", school)}).front();
        ASSERT_TRUE(made.ok()) << made.status();
        ASSERT_THAT(world_.Erase(made->dossier.id, school), IsOk());
      }
    });
  }
  for (std::thread& school : schools) school.join();
  EXPECT_EQ(Count("pupils") + Count("dossiers"), 0);
  EXPECT_EQ(Count("erasures"), 50);
}

// Between any two statements of the one who enrols: the pupil that was found is erased, and made
// anew by another school before anybody looks again.
TEST_F(ErasureTest, WhoEnrolsIsNotToldOfADossierThatIsNone) {
  const char* const pgn = "999900001";
  DossierId others =
      world_.store().Create({world_.CreateCommandFor(pgn, "other-school")}).front()->dossier.id;
  int strikes = 0;
  const auto strike = [&](const char* name, absl::Duration, absl::StatusCode) {
    if (strikes == 0 && absl::string_view(name) == "dossiers.make_pupils") {
      strikes = 1;
      EXPECT_TRUE(world_.Erase(others, "other-school").ok());
    } else if (strikes == 1 && absl::string_view(name) == "dossiers.insert_dossiers") {
      strikes = 2;
      EXPECT_TRUE(
          world_.store().Create({world_.CreateCommandFor(pgn, "other-school")}).front().ok());
    }
  };
  StruckStore store(world_, strike);
  const auto made = store->Create({world_.CreateCommandFor(pgn, "school")}).front();
  EXPECT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(strikes, 2);
  EXPECT_EQ(Count("dossiers"), 2);
  EXPECT_EQ(Count("pupils"), 1);
}

// The same again where the one who enrols waits for the erasure of the pupil that was made anew.
TEST_F(ErasureTest, WhoEnrolsOutlivesAnErasureOfThePupilHeWaitsFor) {
  const char* const pgn = "999900001";
  const auto enrol_elsewhere = [&] {
    return world_.store().Create({world_.CreateCommandFor(pgn, "other-school")}).front();
  };
  const DossierId others = enrol_elsewhere()->dossier.id;
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  auto eraser = pg::Connection::Open({.url = world_.db().superuser_url()}, deadline);
  ASSERT_TRUE(eraser.ok()) << eraser.status();
  std::thread commit;
  int strikes = 0;
  const auto strike = [&](const char* name, absl::Duration, absl::StatusCode) {
    if (strikes == 0 && absl::string_view(name) == "dossiers.make_pupils") {
      strikes = 1;
      EXPECT_TRUE(world_.Erase(others, "other-school").ok());
    } else if (strikes == 1 && absl::string_view(name) == "dossiers.insert_dossiers") {
      strikes = 2;
      EXPECT_TRUE(enrol_elsewhere().ok());
      VSV_EXPECT_OK(
          (*eraser)->Command("BEGIN; DELETE FROM dossiers; DELETE FROM pupils", deadline));
      commit = std::thread([&] {
        EXPECT_TRUE(Eventually([&] { return world_.SomebodyWaits(); }));
        VSV_EXPECT_OK((*eraser)->Command("COMMIT", deadline));
      });
    }
  };
  StruckStore store(world_, strike);
  const auto made = store->Create({world_.CreateCommandFor(pgn, "school")}).front();
  commit.join();
  EXPECT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(Count("dossiers"), 1);
  EXPECT_EQ(Count("pupils"), 1);
}

TEST_F(ErasureTest, OneRefusedErasureOfABatchLeavesItsNeighbours) {
  const DossierId mine = world_.Create("999900001").dossier.id;
  const DossierId not_mine = world_.Sent("999900002").dossier.id;
  const DossierId other = world_.Create("999900003").dossier.id;
  const auto verdicts = world_.store().Mutate({world_.Erasing(world_.As("school"), mine),
                                               world_.Erasing(world_.As("mbo"), not_mine),
                                               world_.Erasing(world_.As("school"), other)});
  VSV_EXPECT_OK(verdicts[0]);
  EXPECT_THAT(verdicts[1], HasReason("ROLE_REQUIRED"));
  VSV_EXPECT_OK(verdicts[2]);
  EXPECT_EQ(Count("dossiers"), 1);
  EXPECT_EQ(Count("erasures"), 2);
}

}  // namespace
}  // namespace vsv::dossiers
