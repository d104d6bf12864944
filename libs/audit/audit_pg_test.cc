#include "libs/audit/audit.h"

#include "libs/base/hash.h"
#include "libs/base/status_macros.h"
#include "libs/pg/pool.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"

#include <thread>

namespace vsv::audit {
namespace {

using ::testing::ElementsAre;
using vsv::testing::IsOk;

constexpr char kDossier[] = "018f0000-0000-7000-8000-00000000000a";
constexpr char kOther[] = "018f0000-0000-7000-8000-00000000000b";

Entry Example(const std::string& method = "/vsv.dossiers.v1.DossierService/GetDossier") {
  Entry entry;
  entry.region = "16";
  entry.recorded_at = absl::FromUnixSeconds(1'780'000'000);
  entry.method = method;
  entry.resource_kind = "DOSSIER";
  entry.organisation_id = "roc-midden-nederland";
  entry.acting_organisation_id = "o-supplier";
  entry.purpose = "TRANSITION";
  entry.processing_activity = "doorstroomdossier-vo-mbo";
  entry.categories = {"ADMINISTRATIVE", "CAREER"};
  entry.trace_id = "0af7651916cd43dd8448eb211c80319c";
  entry.subject_ids = {kDossier};
  return entry;
}

class AuditTrail : public ::testing::Test {
 protected:
  static absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

  absl::Status InApp(const std::function<absl::Status(pg::Transaction&)>& body) {
    return pg::RunInTransaction(database_->app(), pg::Mode::kReadWrite, Soon(), {}, body);
  }

  absl::Status Write(const std::vector<Entry>& entries) {
    return InApp([&](pg::Transaction& tx) { return Append(tx, entries); });
  }

  std::vector<StoredEntry> List(const std::string& subject,
                                const std::optional<std::string>& before = std::nullopt,
                                int64_t limit = 100) {
    std::vector<StoredEntry> entries;
    EXPECT_THAT(InApp([&](pg::Transaction& tx) -> absl::Status {
                  VSV_ASSIGN_OR_RETURN(entries, ListEntries(tx, "16", subject, before, limit));
                  return absl::OkStatus();
                }),
                IsOk());
    return entries;
  }

  std::string Count(const std::string& table) {
    return database_->Superuser("SELECT count(*) FROM " + table)[0];
  }

  std::unique_ptr<testing::PgDatabase> database_ = testing::PgDatabase::Empty(
      "audittest", {"libs/audit/migrations/audit.sql", "libs/audit/migrations/seal.sql"});
};

TEST_F(AuditTrail, TellsWhoDidWhatWhenAndForWhichPurpose) {
  VSV_ASSERT_OK(Write({Example()}));
  const std::vector<StoredEntry> entries = List(kDossier);
  ASSERT_EQ(entries.size(), 1);
  const Entry& entry = entries[0].entry;
  const Entry expected = Example();
  EXPECT_EQ(entry.recorded_at, expected.recorded_at);
  EXPECT_EQ(entry.method, expected.method);
  EXPECT_EQ(entry.organisation_id, expected.organisation_id);
  EXPECT_EQ(entry.acting_organisation_id, expected.acting_organisation_id);
  EXPECT_EQ(entry.user_id, "");
  EXPECT_EQ(entry.purpose, expected.purpose);
  EXPECT_EQ(entry.processing_activity, expected.processing_activity);
  EXPECT_EQ(entry.categories, expected.categories);
  EXPECT_EQ(entry.outcome, Outcome::kGranted);
  EXPECT_EQ(entry.trace_id, expected.trace_id);
}

TEST_F(AuditTrail, HoldsNoSubjectInTheClear) {
  VSV_ASSERT_OK(Write({Example()}));
  const std::string dump = database_->Superuser(
      "SELECT string_agg(t::text, ' ') FROM (SELECT e::text AS t FROM audit_entries e UNION ALL "
      "SELECT s::text FROM "
      "audit_entry_subjects s) x")[0];
  EXPECT_THAT(dump, ::testing::Not(::testing::HasSubstr(kDossier)));
  // Nor as bytes, which a dump shows in hex.
  EXPECT_THAT(dump, ::testing::Not(::testing::HasSubstr(base::HexEncode(kDossier))));
}

TEST_F(AuditTrail, IsReadBySubjectNewestFirstPageByPage) {
  for (const char* method : {"a", "b", "c", "d"}) VSV_ASSERT_OK(Write({Example(method)}));
  Entry other = Example("x");
  other.subject_ids = {kOther};
  VSV_ASSERT_OK(Write({other}));
  const auto methods = [](const std::vector<StoredEntry>& entries) {
    std::vector<std::string> names;
    for (const StoredEntry& stored : entries) names.push_back(stored.entry.method);
    return names;
  };
  const std::vector<StoredEntry> first = List(kDossier, std::nullopt, 3);
  EXPECT_THAT(methods(first), ElementsAre("d", "c", "b"));
  EXPECT_THAT(methods(List(kDossier, first.back().id, 3)), ElementsAre("a"));
  EXPECT_THAT(methods(List(kOther)), ElementsAre("x"));
}

TEST_F(AuditTrail, OneEntryMayNameManySubjectsAndABatchManyEntries) {
  Entry bulk = Example("bulk");
  bulk.subject_ids = {kDossier, kOther, kDossier};
  Entry nobody = Example("list");
  nobody.subject_ids = {};
  nobody.categories = {};
  VSV_ASSERT_OK(Write({bulk, nobody, Example("one")}));
  EXPECT_EQ(List(kDossier).size(), 2);
  EXPECT_EQ(List(kOther).size(), 1);
  EXPECT_EQ(Count("audit_entries"), "3");
}

TEST_F(AuditTrail, ARefusedTryIsFoundWithTheSubjectItWasMeantFor) {
  VSV_ASSERT_OK(Write({Example("create")}));
  Entry refused = Example("try");
  refused.organisation_id = "o-without-basis";
  refused.categories = {};
  refused.outcome = Outcome::kNotFound;
  VSV_ASSERT_OK(Write({refused}));
  const std::vector<StoredEntry> entries = List(kDossier);
  ASSERT_EQ(entries.size(), 2);
  EXPECT_EQ(entries[0].entry.outcome, Outcome::kNotFound);
  EXPECT_EQ(entries[0].entry.organisation_id, "o-without-basis");
}

TEST_F(AuditTrail, AGuessedSubjectIsLoggedAboutNobodyByTheSameStatements) {
  VSV_ASSERT_OK(Write({Example("create")}));
  std::vector<std::string> statements;
  pg::Pool pool(
      {database_->app_url(), 1, "observed", nullptr,
       [&](const char* name, absl::Duration, absl::StatusCode) { statements.emplace_back(name); }});
  const auto refuse = [&](const char* subject) {
    statements.clear();
    Entry refused = Example("try");
    refused.subject_ids = {subject};
    refused.outcome = Outcome::kNotFound;
    EXPECT_THAT(pg::RunInTransaction(pool, pg::Mode::kReadWrite, Soon(), {},
                                     [&](pg::Transaction& tx) { return Append(tx, {refused}); }),
                IsOk());
    return statements;
  };
  const std::vector<std::string> for_existing = refuse(kDossier);
  const std::vector<std::string> for_absent = refuse(kOther);
  EXPECT_EQ(for_existing, for_absent);
  EXPECT_FALSE(for_existing.empty());
  EXPECT_TRUE(List(kOther).empty());
  EXPECT_EQ(Count("audit_entries"), "3");
  EXPECT_EQ(Count("subject_keys"), "1");
}

TEST_F(AuditTrail, ErasingASubjectLeavesTheLogAndMakesItNobodys) {
  VSV_ASSERT_OK(Write({Example()}));
  VSV_ASSERT_OK(
      pg::RunInTransaction(database_->worker(), pg::Mode::kReadWrite, Soon(), {},
                           [&](pg::Transaction& tx) { return EraseSubject(tx, "16", kDossier); }));
  EXPECT_TRUE(List(kDossier).empty());
  EXPECT_EQ(Count("audit_entries"), "1");
  EXPECT_EQ(Count("audit_entry_subjects"), "1");
  EXPECT_EQ(Count("subject_keys"), "0");
}

TEST_F(AuditTrail, AReaderThatIsOvertakenByAnErasureMakesNobodyASubjectAgain) {
  VSV_ASSERT_OK(Write({Example()}));
  VSV_ASSERT_OK(
      pg::RunInTransaction(database_->worker(), pg::Mode::kReadWrite, Soon(), {},
                           [&](pg::Transaction& tx) { return EraseSubject(tx, "16", kDossier); }));
  Entry late = Example();
  late.subjects_may_be_gone = true;
  VSV_ASSERT_OK(Write({late}));
  EXPECT_EQ(Count("audit_entries"), "2");
  EXPECT_EQ(Count("audit_entry_subjects"), "1");
  EXPECT_EQ(Count("subject_keys"), "0");
}

TEST_F(AuditTrail, GoesWithTheTransactionItBelongsTo) {
  EXPECT_FALSE(InApp([&](pg::Transaction& tx) -> absl::Status {
                 VSV_RETURN_IF_ERROR(Append(tx, {Example()}));
                 return absl::AbortedError("the effect failed");
               }).ok());
  EXPECT_EQ(Count("audit_entries"), "0");
}

TEST_F(AuditTrail, IsAppendOnlyForAppAndWorker) {
  VSV_ASSERT_OK(Write({Example()}));
  for (pg::Pool* pool : {&database_->app(), &database_->worker()}) {
    for (const pg::Statement& statement :
         {pg::Statement{"tests.update", "UPDATE audit_entries SET method = 'x'"},
          pg::Statement{"tests.delete", "DELETE FROM audit_entries"},
          pg::Statement{"tests.delete_subjects", "DELETE FROM audit_entry_subjects"},
          pg::Statement{"tests.truncate", "TRUNCATE audit_entries, audit_entry_subjects"}}) {
      EXPECT_FALSE(
          pg::RunInTransaction(*pool, pg::Mode::kReadWrite, Soon(), {},
                               [&](pg::Transaction& tx) { return tx.Execute(statement).status(); })
              .ok())
          << statement.sql;
    }
  }
}

TEST_F(AuditTrail, AStatementWithoutItsWhereSeesOneSubjectAtMost) {
  Entry other = Example("x");
  other.subject_ids = {kOther};
  VSV_ASSERT_OK(Write({Example("a"), other}));
  constexpr pg::Statement kAll{"tests.all", "SELECT count(*) AS n FROM audit_entries"};
  int64_t before = -1;
  int64_t after = -1;
  VSV_ASSERT_OK(InApp([&](pg::Transaction& tx) -> absl::Status {
    VSV_ASSIGN_OR_RETURN(const pg::Result unnamed, tx.Execute(kAll));
    before = unnamed[0].Int("n");
    VSV_RETURN_IF_ERROR(ListEntries(tx, "16", kDossier, std::nullopt, 10));
    VSV_ASSIGN_OR_RETURN(const pg::Result named, tx.Execute(kAll));
    after = named[0].Int("n");
    return absl::OkStatus();
  }));
  EXPECT_EQ(before, 0);
  EXPECT_EQ(after, 1);
}

TEST_F(AuditTrail, ManyAtOnceAgreeOnTheKeyOfANewSubject) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([this] { EXPECT_THAT(Write({Example()}), IsOk()); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(List(kDossier).size(), 8);
}

TEST_F(AuditTrail, TheMigrationsCanBeVerifiedAndReverted) {
  for (const char* step : {"seal_verify", "audit_verify", "seal_revert", "audit_verify",
                           "audit_revert", "audit", "seal", "seal_verify"}) {
    EXPECT_TRUE(database_->ApplyFile(absl::StrCat("libs/audit/migrations/", step, ".sql"))) << step;
  }
}

}  // namespace
}  // namespace vsv::audit
