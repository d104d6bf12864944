#include "libs/pg/idempotency.h"

#include "libs/base/status_macros.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"

#include "absl/time/clock.h"
#include "gtest/gtest.h"

#include <atomic>
#include <thread>

namespace vsv::pg {
namespace {

using vsv::testing::HasReason;
using vsv::testing::IsOk;

constexpr char kDeploy[] = "libs/pg/migrations/idempotency.sql";

IdempotencyKey Key(const std::string& request_id, const std::string& body = "body") {
  return {"o-school", "/vsv.dossiers.v1.DossierService/SendDossier", "16", request_id, body};
}

const std::string kFirst = "018f0000-0000-7000-8000-00000000000a";   // NOLINT(cert-err58-cpp)
const std::string kSecond = "018f0000-0000-7000-8000-00000000000b";  // NOLINT(cert-err58-cpp)

class RequestIds : public ::testing::Test {
 protected:
  using Verdicts = std::vector<absl::StatusOr<std::optional<Replay>>>;

  absl::StatusOr<Verdicts> Claim(const std::vector<IdempotencyKey>& keys,
                                 const std::string& reference = "") {
    Verdicts verdicts;
    const absl::Status status =
        RunInTransaction(database_->app(), Mode::kReadWrite, absl::Now() + absl::Seconds(10), {},
                         [&](Transaction& tx) -> absl::Status {
                           VSV_ASSIGN_OR_RETURN(verdicts, ClaimRequestIds(tx, keys));
                           for (size_t i = 0; i < keys.size(); ++i) {
                             if (!verdicts[i].ok() || verdicts[i]->has_value()) continue;
                             VSV_RETURN_IF_ERROR(RecordReference(tx, keys[i], reference));
                           }
                           return absl::OkStatus();
                         });
    if (!status.ok()) return status;
    return verdicts;
  }

  std::unique_ptr<testing::PgDatabase> database_ = testing::PgDatabase::Empty("pgtest", {kDeploy});
};

TEST_F(RequestIds, TheFirstCarriesOnAndTheSecondFindsTheEffect) {
  auto first = Claim({Key(kFirst)}, "regions/16/dossiers/x");
  VSV_ASSERT_OK(first);
  VSV_ASSERT_OK((*first)[0]);
  EXPECT_FALSE((*first)[0]->has_value());
  auto second = Claim({Key(kFirst)});
  VSV_ASSERT_OK(second);
  VSV_ASSERT_OK((*second)[0]);
  ASSERT_TRUE((*second)[0]->has_value());
  EXPECT_EQ((**(*second)[0]).reference, "regions/16/dossiers/x");
}

TEST_F(RequestIds, AReferenceKnownBeforehandIsFoundLikeARecordedOne) {
  const std::vector<IdempotencyKey> keys = {Key(kSecond), Key(kFirst)};
  const std::vector<std::string> references = {"second", "first"};
  VSV_ASSERT_OK(RunInTransaction(
      database_->app(), Mode::kReadWrite, absl::Now() + absl::Seconds(10), {},
      [&](Transaction& tx) { return ClaimRequestIds(tx, keys, references).status(); }));
  auto again = Claim(keys);
  VSV_ASSERT_OK(again);
  EXPECT_EQ((**(*again)[0]).reference, "second");
  EXPECT_EQ((**(*again)[1]).reference, "first");
}

TEST_F(RequestIds, AnotherBodyIsRefused) {
  VSV_ASSERT_OK(Claim({Key(kFirst, "body")}));
  auto other = Claim({Key(kFirst, "other body")});
  VSV_ASSERT_OK(other);
  EXPECT_THAT((*other)[0], HasReason("REQUEST_ID_REUSED"));
}

TEST_F(RequestIds, OfAnErasedEffectEveryBodyIsARepeat) {
  VSV_ASSERT_OK(Claim({Key(kFirst, "body")}, "erased"));
  database_->Superuser("UPDATE request_records SET body_hash = ''; SELECT 1");
  auto other = Claim({Key(kFirst, "other body")});
  VSV_ASSERT_OK(other);
  VSV_ASSERT_OK((*other)[0]);
  ASSERT_TRUE((*other)[0]->has_value());
  EXPECT_EQ((**(*other)[0]).reference, "erased");
}

TEST_F(RequestIds, ABatchGivesEachKeyItsOwnVerdict) {
  VSV_ASSERT_OK(Claim({Key(kFirst)}, "done"));
  const std::string third = "018F0000-0000-7000-8000-00000000000C";  // upper case is the same UUID
  VSV_ASSERT_OK(Claim({Key(third)}, "upper"));
  auto batch = Claim({Key(kSecond), Key(kFirst), Key("018f0000-0000-7000-8000-00000000000c")});
  VSV_ASSERT_OK(batch);
  EXPECT_FALSE((*batch)[0]->has_value());
  EXPECT_EQ((**(*batch)[1]).reference, "done");
  EXPECT_EQ((**(*batch)[2]).reference, "upper");
}

TEST_F(RequestIds, CallersMethodsAndRegionsDoNotMeet) {
  VSV_ASSERT_OK(Claim({Key(kFirst)}, "done"));
  IdempotencyKey caller = Key(kFirst);
  caller.caller = "o-mbo";
  IdempotencyKey method = Key(kFirst);
  method.method = "/x/Y";
  IdempotencyKey region = Key(kFirst);
  region.region = "19";
  auto batch = Claim({caller, method, region});
  VSV_ASSERT_OK(batch);
  for (const auto& verdict : *batch) EXPECT_FALSE(verdict->has_value());
}

TEST_F(RequestIds, AFailedTransactionLeavesNoRecord) {
  const absl::Status status =
      RunInTransaction(database_->app(), Mode::kReadWrite, absl::Now() + absl::Seconds(10), {},
                       [&](Transaction& tx) -> absl::Status {
                         VSV_RETURN_IF_ERROR(ClaimRequestIds(tx, {Key(kFirst)}));
                         return absl::AbortedError("no");
                       });
  EXPECT_FALSE(status.ok());
  auto again = Claim({Key(kFirst)});
  VSV_ASSERT_OK(again);
  EXPECT_FALSE((*again)[0]->has_value());
}

TEST_F(RequestIds, OfManyAtOnceExactlyOneCarriesOn) {
  std::atomic<int> first{0};
  std::atomic<int> replayed{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      auto verdicts = Claim({Key(kFirst)}, "done");
      ASSERT_THAT(verdicts, IsOk());
      ++((*verdicts)[0]->has_value() ? replayed : first);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(first.load(), 1);
  EXPECT_EQ(replayed.load(), 7);
}

TEST_F(RequestIds, AnExpiredRecordCountsAsNoneAndIsPurgedByTheWorker) {
  VSV_ASSERT_OK(Claim({Key(kFirst), Key(kSecond)}));
  database_->Superuser("UPDATE request_records SET expires_at = now() - interval '1 second'");
  auto again = Claim({Key(kFirst, "new body")});
  VSV_ASSERT_OK(again);
  VSV_ASSERT_OK((*again)[0]);
  EXPECT_FALSE((*again)[0]->has_value());
  int64_t purged = 0;
  VSV_ASSERT_OK(RunInTransaction(database_->worker(), Mode::kReadWrite,
                                 absl::Now() + absl::Seconds(10), {},
                                 [&](Transaction& tx) -> absl::Status {
                                   VSV_ASSIGN_OR_RETURN(purged, PurgeExpiredRequests(tx, 100));
                                   return absl::OkStatus();
                                 }));
  EXPECT_EQ(purged, 1);
  EXPECT_EQ(database_->Superuser("SELECT request_id FROM request_records")[0], kFirst);
}

// Who claims one leaves it to the table until when.
TEST_F(RequestIds, AreRememberedForSeventyTwoHoursByEveryService) {
  for (const char* service : {"partners", "programs", "dossiers", "outcomes"}) {
    const auto database = testing::PgDatabase::OfService(service);
    EXPECT_THAT(
        database->Superuser(
            "INSERT INTO request_records (caller, method, region_id, request_id, body_hash) "
            "VALUES ('c', 'm', '16', '018f0000-0000-7000-8000-00000000000a', '\\x00') "
            "RETURNING expires_at - created_at = interval '72 hours'"),
        ::testing::ElementsAre("t"))
        << service;
  }
}

TEST_F(RequestIds, TheMigrationCanBeVerifiedAndReverted) {
  EXPECT_TRUE(database_->ApplyFile("libs/pg/migrations/idempotency_verify.sql"));
  EXPECT_TRUE(database_->ApplyFile("libs/pg/migrations/idempotency_revert.sql"));
  EXPECT_FALSE(database_->ApplyFile("libs/pg/migrations/idempotency_verify.sql"));
  EXPECT_TRUE(database_->ApplyFile(kDeploy));
}

}  // namespace
}  // namespace vsv::pg
