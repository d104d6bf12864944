// The register over a real server and PostgreSQL, and a projection that follows it.
#include "services/partners/api/partners_service.h"

#include "libs/aip/etag.h"
#include "libs/base/clock.h"
#include "libs/directory/caller_resolver.h"
#include "libs/directory/directory_source.h"
#include "libs/directory/snapshot_keeper.h"
#include "libs/feed/cursor.h"
#include "libs/feed/epoch.h"
#include "libs/feed/notifier.h"
#include "libs/feed/projector.h"
#include "libs/feed/sequencer.h"
#include "libs/rpc/status_bridge.h"
#include "libs/testing/eventually.h"
#include "libs/testing/in_process_server.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"
#include "services/partners/api/authorisation_service.h"
#include "services/partners/storage/pg_directory_feed.h"
#include "services/partners/storage/pg_register.h"
#include "services/partners/testing/builders.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vsv::partners {
namespace {

using ::testing::ElementsAre;
using ::vsv::testing::Eventually;
using ::vsv::testing::HasReason;
using ::vsv::testing::InProcessServer;
using ::vsv::testing::IsOk;
using ::vsv::testing::PgDatabase;

constexpr char kKeeper[] = "00000099000000001000";

class PartnersServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    VSV_ASSERT_OK(feed::CheckEpochAtStart(database_->worker(), absl::Now() + absl::Seconds(20)));
    sequencer_.Start();
    keeper_.Start();
    ASSERT_TRUE(Eventually([&] { return keeper_.Current().current_as_of > absl::InfinitePast(); }));
    server_.Start({&partners_, &authorisations_});
    stub_ = server_.Stub<v1::PartnersService>();
  }

  void TearDown() override { server_.Stop(); }

  absl::Status Create(const std::string& id, int request, const std::string& name = "Voorbeeld",
                      v1::Organisation* reply = nullptr, const std::string& oin = kKeeper) {
    v1::CreateOrganisationRequest message;
    message.set_organisation_id(id);
    message.mutable_organisation()->set_display_name(name);
    message.mutable_organisation()->set_kind(v1::ORGANISATION_KIND_OTHER);
    message.set_request_id(TestUuid(request));
    v1::Organisation organisation;
    const auto context = InProcessServer::As(oin);
    return rpc::FromGrpc(
        stub_->CreateOrganisation(context.get(), message, reply ? reply : &organisation));
  }

  absl::StatusOr<v1::Organisation> Suspend(const std::string& id, int request) {
    v1::SuspendOrganisationRequest message;
    message.set_name("organisations/" + id);
    message.set_reason("contract ended");
    message.set_request_id(TestUuid(request));
    v1::Organisation reply;
    const auto context = InProcessServer::As(kKeeper);
    const absl::Status status =
        rpc::FromGrpc(stub_->SuspendOrganisation(context.get(), message, &reply));
    if (!status.ok()) return status;
    return reply;
  }

  std::unique_ptr<PgDatabase> database_ = PgDatabase::OfService("partners");
  base::SystemClock clock_;
  feed::Sequencer sequencer_{database_->worker(), {}};
  feed::Notifier notifier_{database_->app_url()};
  directory::SnapshotKeeper keeper_{database_->app(), &notifier_};
  directory::CallerResolver resolver_{[this] { return keeper_.Current(); },
                                      {.register_keeper_oin = kKeeper}};
  aip::PageTokens tokens_{std::string(32, 'p')};
  feed::Cursors cursors_{std::string(32, 'c')};
  PgRegister registry_{database_->app()};
  PgDirectoryFeed feed_{database_->app(), cursors_};
  InProcessServer server_{"partners", resolver_, clock_};
  HandlerContext context_{registry_.stores(), clock_, tokens_};
  PartnersService partners_{server_.runtime(), context_, feed_, notifier_};
  AuthorisationService authorisations_{server_.runtime(), context_};
  std::unique_ptr<v1::PartnersService::Stub> stub_;
};

TEST_F(PartnersServiceTest, EntersAnOrganisationOnce) {
  v1::Organisation first, again;
  VSV_ASSERT_OK(Create("one", 1, "Voorbeeld", &first));
  EXPECT_EQ(first.name(), "organisations/one");
  EXPECT_EQ(first.etag(), aip::EtagOf(1));
  VSV_ASSERT_OK(Create("one", 1, "Voorbeeld", &again));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_THAT(Create("one", 1, "Anders"), HasReason("REQUEST_ID_REUSED"));
  EXPECT_THAT(Create("one", 2), HasReason("ORGANISATION_EXISTS"));
}

TEST_F(PartnersServiceTest, KnowsNobodyButTheKeeperAtFirst) {
  EXPECT_THAT(Create("one", 1, "Voorbeeld", nullptr, "00000099000000307000"),
              HasReason("CREDENTIAL_INVALID"));
}

TEST_F(PartnersServiceTest, RefusesWhatTheContractRefuses) {
  v1::CreateOrganisationRequest empty;
  v1::Organisation reply;
  const auto context = InProcessServer::As(kKeeper);
  const absl::Status status =
      rpc::FromGrpc(stub_->CreateOrganisation(context.get(), empty, &reply));
  ASSERT_THAT(status, HasReason("FIELD_INVALID"));
  EXPECT_EQ(errors::DetailOf(status)->violations.size(), 2u);  // organisation, request_id
}

TEST_F(PartnersServiceTest, StreamsToServicesOnly) {
  v1::WatchDirectoryRequest request;
  const auto context = InProcessServer::As(kKeeper);
  const auto reader = stub_->WatchDirectory(context.get(), request);
  v1::WatchDirectoryResponse message;
  EXPECT_FALSE(reader->Read(&message));
  EXPECT_THAT(rpc::FromGrpc(reader->Finish()), HasReason("PURPOSE_NOT_PERMITTED"));
}

TEST_F(PartnersServiceTest, StreamsWhatWasAndWhatComesAndThenCheckpoints) {
  VSV_ASSERT_OK(Create("one", 1));
  const auto context = InProcessServer::AsService("programs");
  const auto reader = stub_->WatchDirectory(context.get(), v1::WatchDirectoryRequest());
  v1::WatchDirectoryResponse message;
  std::string seen, cursor;
  const auto read_until = [&](const std::string& name) {
    while (seen != name) {
      ASSERT_TRUE(reader->Read(&message));
      cursor = message.cursor();
      for (const v1::DirectoryChange& change : message.changes())
        seen = change.organisation().name();
    }
  };
  read_until("organisations/one");
  VSV_ASSERT_OK(Create("two", 2));
  read_until("organisations/two");
  // Nothing new: a checkpoint within a second or so.
  const absl::Time before = absl::Now();
  do {
    ASSERT_TRUE(reader->Read(&message));
  } while (message.changes_size() > 0 || !message.has_current_as_of_time());
  EXPECT_LT(absl::Now() - before, absl::Seconds(5));
  context->TryCancel();
  while (reader->Read(&message)) {
  }
  // Resuming brings only what came since; the cursor of one subscriber is none of another's.
  VSV_ASSERT_OK(Create("three", 3));
  v1::WatchDirectoryRequest resume;
  resume.set_cursor(cursor);
  const auto second = InProcessServer::AsService("programs");
  const auto resumed = stub_->WatchDirectory(second.get(), resume);
  do {
    ASSERT_TRUE(resumed->Read(&message));
  } while (message.changes_size() == 0);
  EXPECT_EQ(message.changes(0).organisation().name(), "organisations/three");
  second->TryCancel();
  const auto other = InProcessServer::AsService("dossiers");
  const auto stolen = stub_->WatchDirectory(other.get(), resume);
  EXPECT_FALSE(stolen->Read(&message));
  EXPECT_THAT(rpc::FromGrpc(stolen->Finish()), HasReason("CURSOR_INVALID"));
}

TEST_F(PartnersServiceTest, WhatChangedManyTimesIsOneChangeForWhoIsBehind) {
  const auto head_is = [&](const std::string& position) {
    const std::string head = "SELECT coalesce(max(position), 0) FROM feed_heads";
    return Eventually([&] { return database_->Superuser(head)[0] == position; });
  };
  VSV_ASSERT_OK(Create("one", 1));
  ASSERT_TRUE(head_is("1"));
  database_->Superuser(
      "INSERT INTO feed_outbox (region_id, resource_kind, resource_id, version) SELECT region_id, "
      "resource_kind, resource_id, version + n FROM feed, generate_series(1, 400) n RETURNING 1");
  ASSERT_TRUE(head_is("401"));
  const auto context = InProcessServer::AsService("programs");
  const auto reader = stub_->WatchDirectory(context.get(), v1::WatchDirectoryRequest());
  v1::WatchDirectoryResponse message;
  ASSERT_TRUE(reader->Read(&message));
  EXPECT_EQ(message.changes_size(), 1);
  EXPECT_TRUE(message.has_current_as_of_time()) << "there is more to come";
  context->TryCancel();
  while (reader->Read(&message)) {
  }
}

TEST_F(PartnersServiceTest, StreamsMuchInMessagesThatAClientTakes) {
  constexpr int kOrganisations = 100;
  for (int i = 0; i < kOrganisations; ++i) VSV_ASSERT_OK(Create(absl::StrCat("one-", i), i));
  database_->Superuser("UPDATE organisations SET display_name = repeat('n', 60000); SELECT 1");
  ASSERT_TRUE(Eventually([&] {
    return database_->Superuser("SELECT coalesce(max(position), 0) FROM feed_heads")[0] == "100";
  }));

  struct Message {
    int changes;
    std::string cursor;
  };

  const auto read = [&](const std::string& cursor, int changes) {
    v1::WatchDirectoryRequest request;
    request.set_cursor(cursor);
    const auto context = InProcessServer::AsService("programs");
    const auto reader = stub_->WatchDirectory(context.get(), request);
    std::vector<Message> messages;
    v1::WatchDirectoryResponse message;
    while (changes > 0 && reader->Read(&message)) {
      messages.push_back({message.changes_size(), message.cursor()});
      EXPECT_TRUE(changes == message.changes_size() || !message.has_current_as_of_time());
      for (const v1::DirectoryChange& change : message.changes()) {
        EXPECT_EQ(change.organisation().name(),
                  absl::StrCat("organisations/one-", kOrganisations - changes--));
      }
    }
    EXPECT_EQ(changes, 0);
    context->TryCancel();
    while (reader->Read(&message)) {
    }
    return messages;
  };
  const std::vector<Message> all = read("", kOrganisations);
  EXPECT_GT(all.size(), 4U);
  // Who is cut off behind any of them misses nothing and is given nothing twice.
  int left = kOrganisations;
  for (const Message& message : all) {
    left -= message.changes;
    read(message.cursor, left);
  }
}

TEST_F(PartnersServiceTest, IsFollowedByAProjectionThatCutsOffWhoIsSuspended) {
  const auto consumer = PgDatabase::Empty(
      "directory",
      {"libs/feed/migrations/projection_cursors.sql", "libs/directory/migrations/directory.sql"});
  directory::DirectorySource source(server_.channel(),
                                    [] { return InProcessServer::AsService("dossiers"); });
  directory::SnapshotKeeper keeper(consumer->app());
  feed::Projector projector(
      consumer->worker(), source,
      {.source = directory::DirectorySource::kName, .on_applied = [&] { keeper.Poke(); }});
  keeper.Start();
  projector.Start();
  VSV_ASSERT_OK(Create("one", 1));
  const auto status = [&] {
    const auto rows = consumer->Superuser(
        "SELECT status FROM directory_organisations WHERE organisation_id = 'one'");
    return rows.empty() ? std::string() : rows[0];
  };
  EXPECT_TRUE(Eventually([&] { return status() == "ACTIVE"; }));
  VSV_ASSERT_OK(Suspend("one", 2));
  EXPECT_TRUE(Eventually([&] { return status() == "SUSPENDED"; }));
  EXPECT_TRUE(Eventually([&] {
    const auto* organisation = keeper.Current().snapshot->FindOrganisation("one");
    return organisation != nullptr && organisation->suspended;
  }));
  EXPECT_TRUE(
      Eventually([&] { return absl::Now() - keeper.Current().current_as_of < absl::Seconds(3); }));
  // What a projection says and what the register says are the same.
  const std::string all =
      "SELECT organisation_id, kind, status, version FROM directory_organisations ORDER BY 1";
  EXPECT_EQ(consumer->Superuser(all), database_->Superuser(all));
  projector.Stop();
  keeper.Stop();
}

}  // namespace
}  // namespace vsv::partners
