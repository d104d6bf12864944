#include "services/partners/storage/pg_register.h"

#include "libs/testing/pg_database.h"
#include "services/partners/storage/coalescing_register.h"
#include "services/partners/storage/statements.h"
#include "services/partners/testing/register_relations_suite.h"
#include "services/partners/testing/register_store_suite.h"

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"

#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace vsv::partners {
namespace {

class PgBackend {
 public:
  RegisterStores stores() { return registry_.stores(); }

 private:
  std::unique_ptr<testing::PgDatabase> database_ = testing::PgDatabase::OfService("partners");
  PgRegister registry_{database_->app()};
};

class CoalescingBackend {
 public:
  RegisterStores stores() { return coalescing_.stores(); }

 private:
  PgBackend pg_;
  base::SystemClock clock_;
  CoalescingRegister coalescing_{pg_.stores(), pg_.stores(), clock_,
                                 [](const char*) { return pg::CoalescerOptions(); }};
};

}  // namespace

INSTANTIATE_TYPED_TEST_SUITE_P(Pg, RegisterStoreSuite, PgBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Pg, RegisterRelationsSuite, PgBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Coalescing, RegisterStoreSuite, CoalescingBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Coalescing, RegisterRelationsSuite, CoalescingBackend);

namespace {

class PgRegisterTest : public ::testing::Test {
 protected:
  absl::StatusOr<Organisation> Put(absl::string_view id, int request) {
    return registry_.stores().organisations.Create(
        {Enter(MakeOrganisation(id, OrganisationKind::kOther), request)},
        absl::Now() + absl::Seconds(20))[0];
  }

  std::unique_ptr<testing::PgDatabase> database_ = testing::PgDatabase::OfService("partners");
  PgRegister registry_{database_->app()};
};

TEST_F(PgRegisterTest, AnnouncesEveryWriteAndNoRefusal) {
  VSV_ASSERT_OK(Put("one", 1));
  EXPECT_THAT(Put("one", 2), HasReason("ORGANISATION_EXISTS"));
  VSV_ASSERT_OK(Put("one", 1));  // a repeat is no second write
  EXPECT_THAT(database_->Superuser(
                  "SELECT region_id, resource_kind, resource_id, version FROM feed_outbox"),
              ElementsAre("00|ORGANISATION|one|1"));
}

TEST_F(PgRegisterTest, EntersTheSameMembershipOnceWhenTwoTry) {
  auto stores = registry_.stores();
  VSV_ASSERT_OK(Put("one", 1));
  VSV_ASSERT_OK(
      stores.regions.Create({Enter(MakeRegion("16"), 2)}, absl::Now() + absl::Seconds(20))[0]);
  std::vector<std::thread> threads;
  std::atomic<int> entered = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      const Period validity{.from = absl::CivilDay(2021, 1, 1), .until = std::nullopt};
      const auto verdict =
          stores.memberships.Create({Enter(MakeMembership(i, "16", "one", validity), 100 + i)},
                                    absl::Now() + absl::Seconds(20))[0];
      if (verdict.ok()) {
        ++entered;
      } else {
        EXPECT_THAT(verdict, HasReason("PERIOD_OVERLAPS"));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(entered, 1);
}

// While one reads, 31 wait: they are read by one statement, and each gets its own.
TEST_F(PgRegisterTest, ReadersThatWaitShareABatchAndEachGetsItsOwn) {
  constexpr int kReaders = 32;
  const auto id_of = [](int i) { return absl::StrCat("organisation-", i); };
  for (int i = 0; i < kReaders; i += 2)
    VSV_ASSERT_OK(Put(id_of(i), i));  // every other one is there
  std::mutex mutex;
  std::vector<int> sizes;
  absl::Notification first_reads;
  const base::SystemClock clock;
  CoalescingRegister coalescing(registry_.stores(), registry_.stores(), clock, [&](const char*) {
    pg::CoalescerOptions options;
    options.on_batch = [&](int size) {
      const std::lock_guard<std::mutex> lock(mutex);
      sizes.push_back(size);
      if (sizes.size() > 1) return;
      first_reads.Notify();
      // Nobody reads before all have come.
      const absl::Time latest = absl::Now() + absl::Seconds(30);
      while (coalescing.waiting_for_organisations() < kReaders - 1 && absl::Now() < latest) {
        std::this_thread::yield();
      }
    };
    options.longest = absl::Seconds(60);
    return options;
  });
  std::vector<std::thread> readers;
  for (int i = 0; i < kReaders; ++i) {
    // Who comes before the first one has begun is read with it.
    if (i == 1) first_reads.WaitForNotification();
    readers.emplace_back([&, i] {
      const auto found = coalescing.stores().organisations.Get({Key{.parent = "", .id = id_of(i)}},
                                                               absl::Now() + absl::Seconds(60))[0];
      if (i % 2 == 0) {
        ASSERT_THAT(found, testing::IsOk());
        EXPECT_EQ(found->id.value(), id_of(i));
      } else {
        EXPECT_THAT(found, HasReason("ORGANISATION_NOT_FOUND"));
      }
    });
  }
  for (std::thread& reader : readers) reader.join();
  EXPECT_THAT(sizes, ElementsAre(1, kReaders - 1));
}

TEST_F(PgRegisterTest, PreparesEveryStatement) {
  for (const pg::Statement* statement : sql::kAll) {
    const std::string text = statement->sql;
    EXPECT_THAT(database_->Superuser("PREPARE p AS " + text + "; SELECT 'prepared'"),
                ElementsAre("prepared"))
        << statement->name;
  }
}

}  // namespace
}  // namespace vsv::partners
