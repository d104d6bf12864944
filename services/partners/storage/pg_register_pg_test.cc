#include "services/partners/storage/pg_register.h"

#include "libs/testing/pg_database.h"
#include "services/partners/storage/statements.h"
#include "services/partners/testing/register_store_suite.h"

#include <memory>
#include <thread>

namespace vsv::partners {
namespace {

class PgBackend {
 public:
  RegisterStores stores() { return registry_.stores(); }

 private:
  std::unique_ptr<testing::PgDatabase> database_ = testing::PgDatabase::OfService("partners");
  PgRegister registry_{database_->app()};
};

}  // namespace

INSTANTIATE_TYPED_TEST_SUITE_P(Pg, RegisterStoreSuite, PgBackend);

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
