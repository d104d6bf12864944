#include "libs/testing/status_matchers.h"
#include "services/dossiers/api/watch_handlers.h"
#include "services/dossiers/testing/builders.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::ElementsAre;
using testing::RowIn;
using ::testing::SizeIs;
using ::vsv::testing::HasReason;

// Region 16 has 1250 dossiers, 19 none; the tail is what the test puts there. The feed goes on with
// every look at the snapshot.
class ScriptedChanges : public ChangeStore {
 public:
  absl::StatusOr<std::string> Epoch(absl::Time /*deadline*/) override { return epoch; }

  absl::StatusOr<Positions> Heads(const std::vector<RegionId>& regions,
                                  absl::Time /*deadline*/) override {
    Positions heads;
    for (const RegionId& region : regions) heads[region] = head;
    return heads;
  }

  absl::StatusOr<Page<DossierRow>> Snapshot(const SnapshotCommand& command) override {
    Page<DossierRow> page;
    ++head;
    if (command.region != RegionId("16")) return page;
    const int first =
        command.after.has_value() ? std::stoi(command.after->value().substr(24)) + 1 : 1000;
    for (int i = first; i < 2250 && !page.more; ++i) {
      DossierRow row = RowIn(DossierState::kSent);
      row.dossier.id = DossierId(absl::StrCat("01920000-0000-7000-8000-00000000", i));
      row.granted = {Category::kProcess};
      row.sections.clear();
      page.rows.push_back(row);
      page.more = static_cast<int>(page.rows.size()) == command.limits.rows;
    }
    return page;
  }

  absl::StatusOr<DossierChanges> Changes(const ChangesCommand& command) override {
    asked_after = command.after;
    asked_limits = command.limits;
    DossierChanges answer = tail;
    answer.epoch = epoch;
    return answer;
  }

  absl::StatusOr<CountChanges> Counts(const ChangesCommand& command) override {
    asked_after = command.after;
    return counts;
  }

  std::string epoch = "epoch-1";
  int64_t head = 7;
  DossierChanges tail;
  CountChanges counts;
  Positions asked_after;
  PageLimits asked_limits;  // of the tail
};

class Watch : public ::testing::Test {
 protected:
  Watch() : cursors_("a key of at least thirty-two bytes"), handlers_(store_, cursors_) {
    call_.caller.organisation_id = "town";
    call_.caller.purpose = policy::v1::PURPOSE_RMC;
    call_.start_time = absl::UnixEpoch();
    request_.add_regions("regions/19");
    request_.add_regions("regions/16");
  }

  std::unique_ptr<WatchHandlers::Dossiers> Open() {
    auto source = handlers_.OpenDossiers(call_, request_);
    EXPECT_TRUE(source.ok()) << source.status();
    return source.ok() ? *std::move(source) : nullptr;
  }

  // The one message of a batch.
  static v1::WatchDossiersResponse Only(
      const absl::StatusOr<WatchHandlers::Dossiers::Batch>& batch) {
    EXPECT_TRUE(batch.ok()) << batch.status();
    if (!batch.ok() || batch->messages.size() != 1) return {};
    return batch->messages.front().message();
  }

  ScriptedChanges store_;
  const feed::Cursors cursors_;
  WatchHandlers handlers_;
  rpc::CallContext call_;
  v1::WatchDossiersRequest request_;
};

TEST_F(Watch, GivesTheSnapshotOfEachRegionInPortionsAndSaysWhenItIsComplete) {
  auto source = Open();
  std::vector<int> sizes;
  bool complete = false;
  while (!complete && sizes.size() < 20) {
    VSV_ASSERT_OK_AND_ASSIGN(const WatchHandlers::Dossiers::Batch batch, source->Next(call_));
    for (const auto& message : batch.messages) {
      EXPECT_FALSE(complete) << "nothing comes after the end";
      sizes.push_back(message.message().changes_size());
      complete = message.message().snapshot_complete();
    }
  }
  EXPECT_THAT(sizes,
              ElementsAre(100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 50, 0));
  source->Next(call_).IgnoreError();
  EXPECT_THAT(store_.asked_after,
              ElementsAre(std::pair(RegionId("16"), 7), std::pair(RegionId("19"), 7)))
      << "the tail begins where the feed stood before the snapshot";
}

TEST_F(Watch, ASnapshotThatWasCutOffGoesOnBehindTheLastMessageThatArrived) {
  VSV_ASSERT_OK_AND_ASSIGN(const WatchHandlers::Dossiers::Batch batch, Open()->Next(call_));
  ASSERT_THAT(batch.messages, SizeIs(10));
  request_.set_cursor(batch.messages[1].message().cursor());
  VSV_ASSERT_OK_AND_ASSIGN(const WatchHandlers::Dossiers::Batch rest, Open()->Next(call_));
  EXPECT_EQ(rest.messages.front().message().changes(0).upsert().name(),
            "regions/16/dossiers/01920000-0000-7000-8000-000000001200");
}

TEST_F(Watch, ASubscriberThatNothingConcernsIsNotToldOfEveryWake) {
  request_.set_skip_snapshot(true);
  auto source = Open();
  EXPECT_EQ(Only(source->Next(call_)).changes_size(), 0) << "the first checkpoint comes at once";
  call_.start_time += absl::Milliseconds(100);
  VSV_ASSERT_OK_AND_ASSIGN(const WatchHandlers::Dossiers::Batch woken, source->Next(call_));
  EXPECT_THAT(woken.messages, SizeIs(0));
  call_.start_time += absl::Milliseconds(500);
  VSV_ASSERT_OK_AND_ASSIGN(const WatchHandlers::Dossiers::Batch later, source->Next(call_));
  EXPECT_THAT(later.messages, SizeIs(1));
}

TEST_F(Watch, TellsWhatMustBeGivenUpAlthoughNothingIsGrantedAnyMore) {
  request_.set_skip_snapshot(true);
  Tombstone tombstone;
  tombstone.region = RegionId("16");
  tombstone.dossier = DossierId("01920000-0000-7000-8000-000000001200");
  tombstone.categories = {Category::kExtraCare};
  tombstone.reason = RecallReason::kConsentWithdrawn;
  store_.tail.changes = {{8, RegionId("16"), tombstone}};
  store_.tail.positions = {{RegionId("16"), 8}, {RegionId("19"), 7}};
  const v1::WatchDossiersResponse message = Only(Open()->Next(call_));
  ASSERT_EQ(message.changes_size(), 1);
  EXPECT_EQ(message.changes(0).event_id(), "epoch-1-16-8-recall");
  EXPECT_EQ(message.changes(0).tombstone().reason(), v1::RECALL_REASON_CONSENT_WITHDRAWN);
  EXPECT_THAT(message.changes(0).tombstone().recalled_categories(),
              ElementsAre(policy::v1::DATA_CATEGORY_EXTRA_CARE));
  EXPECT_FALSE(message.changes(0).tombstone().all());
}

TEST_F(Watch, HandsOutNothingThatTheRowWasNotGranted) {
  request_.set_skip_snapshot(true);
  DossierRow row = RowIn(DossierState::kSent);
  row.granted = {Category::kProcess};
  row.sections.clear();
  row.pgn = "999900006";
  store_.tail.changes = {{8, RegionId("16"), row}};
  const v1::WatchDossiersResponse message = Only(Open()->Next(call_));
  EXPECT_EQ(message.changes(0).upsert().pgn(), "");
  EXPECT_EQ(message.changes(0).upsert().state(), v1::DOSSIER_STATE_SENT);
}

// No cursor stands between changes of which several positions tell; the store keeps them few.
TEST_F(Watch, TellsABatchOfTheTailInOneMessageThatAClientTakes) {
  request_.set_skip_snapshot(true);
  DossierRow large = RowIn(DossierState::kSent);
  large.granted = {Category::kProcess, Category::kCareer};
  v1::CareerSection career;
  career.set_motivation(std::string(rpc::kFullMessageBytes / 2, 'm'));
  large.sections = {{Category::kCareer, career.SerializeAsString()}};
  Tombstone tombstone;
  tombstone.region = RegionId("16");
  tombstone.dossier = large.dossier.id;
  tombstone.categories = {Category::kExtraCare};
  store_.tail.changes = {{10, RegionId("16"), large},
                         {9, RegionId("16"), tombstone},
                         {9, RegionId("16"), large},
                         {12, RegionId("16"), large}};
  store_.tail.positions = {{RegionId("16"), 8}, {RegionId("19"), 7}};
  auto source = Open();
  const v1::WatchDossiersResponse message = Only(source->Next(call_));
  EXPECT_THAT(message.changes(), SizeIs(4));
  EXPECT_LE(store_.asked_limits.rows, 100);
  EXPECT_LE(store_.asked_limits.bytes, rpc::kFullMessageBytes);
  request_.set_cursor(message.cursor());
  Open()->Next(call_).IgnoreError();
  EXPECT_EQ(store_.asked_after, store_.tail.positions);
  source->Next(call_).IgnoreError();
  EXPECT_EQ(store_.asked_after, store_.tail.positions);
}

TEST_F(Watch, ACursorIsWorthNothingToAnotherOrForOtherRegionsOrInAnotherEpoch) {
  request_.set_skip_snapshot(true);
  store_.tail.positions = {{RegionId("16"), 8}, {RegionId("19"), 7}};
  auto source = Open();
  request_.set_cursor(Only(source->Next(call_)).cursor());
  EXPECT_TRUE(handlers_.OpenDossiers(call_, request_).ok());
  rpc::CallContext other = call_;
  other.caller.organisation_id = "other-town";
  EXPECT_THAT(handlers_.OpenDossiers(other, request_), HasReason("CURSOR_INVALID"));
  v1::WatchDossiersRequest fewer = request_;
  fewer.mutable_regions()->RemoveLast();
  EXPECT_THAT(handlers_.OpenDossiers(call_, fewer), HasReason("CURSOR_INVALID"));
  store_.epoch = "epoch-2";
  EXPECT_THAT(handlers_.OpenDossiers(call_, request_), HasReason("CURSOR_EXPIRED"));
  EXPECT_THAT(source->Next(call_), HasReason("CURSOR_EXPIRED"));
}

TEST_F(Watch, RefusesARegionThatIsNoneAndOneNamedTwice) {
  request_.add_regions("regions/16");
  EXPECT_THAT(handlers_.OpenDossiers(call_, request_), HasReason("FIELD_INVALID"));
}

TEST_F(Watch, CountsComeFromTheBeginningWithAbsoluteValues) {
  v1::WatchProcessCountsRequest request;
  request.add_regions("regions/16");
  CountKey key{RegionId("16"),           Process::kTransition,       "SENT",
               OrganisationId("school"), absl::CivilDay(2026, 7, 1), absl::CivilDay(2026, 5, 11)};
  store_.counts.changes = {{3, key, -2}};
  store_.counts.positions = {{RegionId("16"), 3}};
  VSV_ASSERT_OK_AND_ASSIGN(const auto source, handlers_.OpenCounts(call_, request));
  VSV_ASSERT_OK_AND_ASSIGN(const auto batch, source->Next(call_));
  EXPECT_THAT(store_.asked_after, ElementsAre(std::pair(RegionId("16"), 0)));
  const v1::WatchProcessCountsResponse& message = batch.messages.front().message();
  ASSERT_EQ(message.counts_size(), 1);
  EXPECT_EQ(message.counts(0).state(), "SENT");
  EXPECT_EQ(message.counts(0).value(), -2);
}

TEST_F(Watch, ManyCountsComeInMessagesThatAClientTakesAndAreCompleteWithTheLast) {
  v1::WatchProcessCountsRequest request;
  request.add_regions("regions/16");
  constexpr int kCounts = 40'000;
  CountKey key{RegionId("16"),           Process::kTransition,       "SENT",
               OrganisationId("school"), absl::CivilDay(2026, 7, 1), absl::CivilDay(2026, 5, 11)};
  for (int i = 0; i < kCounts; ++i) store_.counts.changes.push_back({3, key, i});
  store_.counts.positions = {{RegionId("16"), 3}};
  VSV_ASSERT_OK_AND_ASSIGN(const auto source, handlers_.OpenCounts(call_, request));
  VSV_ASSERT_OK_AND_ASSIGN(const auto batch, source->Next(call_));
  EXPECT_THAT(batch.messages, SizeIs(::testing::Gt(1U)));
  int counts = 0;
  for (const auto& one : batch.messages) {
    const v1::WatchProcessCountsResponse& message = one.message();
    EXPECT_LT(message.ByteSizeLong(), 2 * rpc::kFullMessageBytes);
    for (const v1::ProcessCount& count : message.counts()) EXPECT_EQ(count.value(), counts++);
    EXPECT_EQ(message.cursor().empty(), counts < kCounts);
    request.set_cursor(message.cursor());
  }
  EXPECT_EQ(counts, kCounts);
  VSV_ASSERT_OK_AND_ASSIGN(const auto resumed, handlers_.OpenCounts(call_, request));
  resumed->Next(call_).IgnoreError();
  EXPECT_THAT(store_.asked_after, ElementsAre(std::pair(RegionId("16"), 3)));
}

}  // namespace
}  // namespace vsv::dossiers
