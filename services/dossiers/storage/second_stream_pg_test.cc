// Two streams of one subscriber: what one of them met, the other is told as well.
#include "libs/base/clock.h"
#include "libs/testing/status_matchers.h"
#include "services/dossiers/storage/basis_sweeper.h"
#include "services/dossiers/storage/subscriber.h"
#include "services/dossiers/storage/test_world.h"

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class SecondStream : public ::testing::Test {
 protected:
  std::vector<DossierChangeRow> Next(Subscriber& subscriber) {
    world_.Sequence();
    return subscriber.Follow();
  }

  // Both stand at the same place.
  void NextOfBoth() {
    Next(ahead_);
    behind_.positions = ahead_.positions;
    behind_.held = ahead_.held;
  }

  int64_t Sweep() {
    const base::SystemClock clock;
    BasisSweeper sweeper(world_.db().worker(), clock, {});
    return sweeper.RunOnce(absl::Now() + absl::Seconds(10)).value_or(-1);
  }

  TestWorld world_;
  Subscriber ahead_{world_, "town", Purpose::kRmc};
  Subscriber behind_{world_, "town", Purpose::kRmc};
};

TEST_F(SecondStream, IsToldOfAWithdrawal) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const ConsentId consent = world_.GiveConsent(id, "town", Category::kExtraCare, Purpose::kRmc);
  Next(ahead_);
  Next(behind_);
  // An event of before the withdrawal is still to come when the one ahead already sees it.
  world_.Apply(id, "mbo");
  world_.Sequence();
  VSV_ASSERT_OK(world_.Withdraw(id, consent));
  EXPECT_THAT(Tombstones(ahead_.Follow()), SizeIs(1));
  EXPECT_THAT(Tombstones(Next(behind_)), SizeIs(1));
}

TEST_F(SecondStream, IsToldThatTheResidenceHasMoved) {
  const DossierId id = world_.Create("999900001").dossier.id;
  ASSERT_THAT(Next(ahead_), SizeIs(1));
  VSV_ASSERT_OK(world_.Mutate(world_.As("school"), id,
                              [](const DossierRow& row) -> absl::StatusOr<DossierChange> {
                                DossierChange change;
                                change.dossier = row.dossier;
                                change.dossier.residence = MunicipalityCode("GM0344");
                                change.operation = "TEST";
                                return change;
                              }));
  // Only the making has been numbered when the one behind already sees the move.
  EXPECT_THAT(Tombstones(behind_.Follow()), SizeIs(1));
  EXPECT_THAT(Tombstones(Next(ahead_)), SizeIs(1));
  EXPECT_THAT(ahead_.held, IsEmpty());
}

// Nobody writes, and what the one behind was told no sweep finds any more.
TEST_F(SecondStream, IsToldOfAnEndThatTheFirstSawByChance) {
  world_.Create("999900001");
  ASSERT_THAT(Next(ahead_), SizeIs(1));
  world_.EndAgreements();
  EXPECT_THAT(Tombstones(behind_.Follow()), SizeIs(1));
  EXPECT_EQ(Sweep(), 0);
  EXPECT_THAT(Tombstones(Next(ahead_)), SizeIs(1));
  EXPECT_THAT(ahead_.held, IsEmpty());
  // Told twice, which does no harm, and then no more.
  Next(behind_);
  EXPECT_THAT(Next(behind_), IsEmpty());
}

TEST_F(SecondStream, IsToldOfAnEndBesideAChangeThatTookLess) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const ConsentId consent = world_.GiveConsent(id, "town", Category::kExtraCare, Purpose::kRmc);
  NextOfBoth();
  VSV_ASSERT_OK(world_.Withdraw(id, consent));
  ASSERT_THAT(Tombstones(Next(ahead_)), SizeIs(1));
  world_.EndAgreements();
  EXPECT_THAT(Tombstones(behind_.Follow()), SizeIs(1));
  EXPECT_THAT(Tombstones(Next(ahead_)), SizeIs(1));
  EXPECT_THAT(ahead_.held, IsEmpty());
}

// What was taken back and given again has not ended by the taking back.
TEST_F(SecondStream, IsToldOfTheEndOfWhatWasTakenBackAndGivenAgain) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const ConsentId consent = world_.GiveConsent(id, "town", Category::kExtraCare, Purpose::kRmc);
  NextOfBoth();
  VSV_ASSERT_OK(world_.Withdraw(id, consent));
  world_.GiveConsent(id, "town", Category::kExtraCare, Purpose::kRmc);
  ASSERT_THAT(Tombstones(Next(ahead_)), IsEmpty());
  world_.EndConsents();
  const std::vector<Tombstone> gone = Tombstones(behind_.Follow());
  ASSERT_THAT(gone, SizeIs(1));
  EXPECT_EQ(gone[0].reason, RecallReason::kBasisEnded);
  EXPECT_EQ(Sweep(), 0);
  EXPECT_THAT(Tombstones(Next(ahead_)), SizeIs(1));
  EXPECT_FALSE(ahead_.held[id].Contains(Category::kExtraCare));
  Next(behind_);
  for (Subscriber* stream : {&ahead_, &behind_}) EXPECT_THAT(Next(*stream), IsEmpty());
}

TEST_F(SecondStream, IsToldOfTheEndOfWhatASnapshotGaveAgain) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const ConsentId consent = world_.GiveConsent(id, "town", Category::kExtraCare, Purpose::kRmc);
  NextOfBoth();
  VSV_ASSERT_OK(world_.Withdraw(id, consent));
  world_.GiveConsent(id, "town", Category::kExtraCare, Purpose::kRmc);
  world_.Sequence();
  ahead_.Snapshot();
  world_.EndConsents();
  EXPECT_THAT(Tombstones(behind_.Follow()), SizeIs(1));
  EXPECT_THAT(Tombstones(Next(ahead_)), SizeIs(1));
  EXPECT_FALSE(ahead_.held[id].Contains(Category::kExtraCare));
}

TEST_F(SecondStream, IsToldOfTheEndOfWhatWasTakenBackForAnotherPurpose) {
  const DossierId id = world_.Create("999900001").dossier.id;
  world_.GiveConsent(id, "town", Category::kExtraCare, Purpose::kRmc);
  const ConsentId other = world_.GiveConsent(id, "town", Category::kExtraCare, Purpose::kSupport);
  NextOfBoth();
  VSV_ASSERT_OK(world_.Withdraw(id, other));
  ASSERT_THAT(Tombstones(Next(ahead_)), IsEmpty());
  world_.EndConsents();
  const std::vector<Tombstone> gone = Tombstones(behind_.Follow());
  ASSERT_THAT(gone, SizeIs(1));
  EXPECT_EQ(gone[0].reason, RecallReason::kBasisEnded);
  EXPECT_THAT(Tombstones(Next(ahead_)), SizeIs(1));
  EXPECT_FALSE(ahead_.held[id].Contains(Category::kExtraCare));
}

}  // namespace
}  // namespace vsv::dossiers
