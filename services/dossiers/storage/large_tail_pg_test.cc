// What follows a snapshot, in batches that are not too large and lose nothing.
#include "libs/testing/status_matchers.h"
#include "services/dossiers/storage/subscriber.h"
#include "services/dossiers/storage/test_world.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using ::testing::SizeIs;

// Whether the subscriber catches up, or follows the end of the feed with the others.
class LargeTail : public ::testing::TestWithParam<bool> {
 protected:
  static constexpr size_t kContent = 100'000;

  DossierId CreateLarge(absl::string_view pgn) {
    CreateCommand command = world_.CreateCommandFor(pgn, "school");
    command.sections.front().document = std::string(kContent, 'c');
    const auto made = world_.store().Create({command}).front();
    EXPECT_THAT(made, testing::IsOk());
    return command.dossier.id;
  }

  void Touch(const DossierId& id) {
    VSV_EXPECT_OK(world_.Mutate(world_.As("school"), id,
                                [](const DossierRow& row) -> absl::StatusOr<DossierChange> {
                                  DossierChange change;
                                  change.dossier = row.dossier;
                                  change.operation = "TEST";
                                  return change;
                                }));
  }

  std::vector<DossierChangeRow> Next(Subscriber& subscriber) {
    world_.Sequence();
    return subscriber.Follow();
  }

  // Two subscribers at the same position; what comes next the store has in memory, or not.
  std::pair<Subscriber, Subscriber> AtOnePosition(absl::string_view organisation, Purpose purpose) {
    Subscriber first(world_, organisation, purpose);
    Subscriber second(world_, organisation, purpose);
    if (GetParam()) {
      Next(first);
    } else {
      world_.Sequence();
      first.Snapshot();
    }
    second.positions = first.positions;
    return {first, second};
  }

  TestWorld world_;
};

TEST_P(LargeTail, ABatchEndsBehindTheDossierWithWhichItIsLargeAndNothingIsLost) {
  auto [school, unused] = AtOnePosition("school", Purpose::kTransition);
  std::vector<DossierId> ids;
  for (int i = 1; i < 8; ++i) ids.push_back(CreateLarge(absl::StrCat("99990000", i)));
  for (const int again : {0, 3, 6}) Touch(ids[static_cast<size_t>(again)]);
  world_.Sequence();
  school.limits = {.rows = 100, .bytes = 2 * kContent};
  Subscriber one_by_one = school;
  school.Follow();
  EXPECT_THAT(school.batches, Each(Le(2)));
  one_by_one.limits.bytes = 1;
  one_by_one.Follow();
  EXPECT_THAT(one_by_one.batches, Each(Le(1)));
  for (const Subscriber* subscriber : {&school, &one_by_one}) {
    ASSERT_THAT(subscriber->held, SizeIs(7));
    for (size_t i = 0; i < ids.size(); ++i) {
      EXPECT_EQ(subscriber->versions.at(ids[i]), i % 3 == 0 ? 2 : 1);
    }
  }
  EXPECT_EQ(school.positions, one_by_one.positions);
}

// A dossier that is left for the next batch is left with the first that tells of it: a later one
// does not tell what was taken back by it.
TEST_P(LargeTail, WhatIsLeftForTheNextBatchKeepsItsTombstone) {
  const DossierId id = CreateLarge("999900001");
  const ConsentId consent = world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
  const DossierId before = CreateLarge("999900002");
  world_.GiveConsent(before, "care", Category::kSupport, Purpose::kSupport);
  world_.Sequence();
  auto [ahead, behind] = AtOnePosition("care", Purpose::kSupport);
  Touch(before);
  VSV_ASSERT_OK(world_.Withdraw(id, consent));
  EXPECT_THAT(Tombstones(Next(ahead)), SizeIs(1));
  Touch(before);
  Touch(id);
  world_.Sequence();
  behind.limits = {.rows = 100, .bytes = 1};
  EXPECT_THAT(Tombstones(behind.Follow()), Not(IsEmpty()));
}

INSTANTIATE_TEST_SUITE_P(CatchingUpAndShared, LargeTail, ::testing::Bool());

TEST(Tail, ManyChangesComeInOneBatchByHoweverManyStatements) {
  TestWorld world;
  std::vector<CreateCommand> commands;
  for (int i = 0; i < 230; ++i) {
    commands.push_back(world.CreateCommandFor(absl::StrCat(999900100 + i), "school"));
  }
  for (const auto& made : world.store().Create(commands)) VSV_ASSERT_OK(made);
  Subscriber town(world, "town", Purpose::kRmc);
  town.limits = {.rows = 1000};
  world.Sequence();
  EXPECT_THAT(town.Follow(), SizeIs(230));
  EXPECT_THAT(town.batches, ElementsAre(230));
}

}  // namespace
}  // namespace vsv::dossiers
