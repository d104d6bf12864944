#include "services/dossiers/domain/erasure_rules.h"

#include "libs/testing/status_matchers.h"
#include "services/dossiers/domain/count_changes.h"
#include "services/dossiers/testing/builders.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <array>
#include <string>
#include <vector>

namespace vsv::dossiers {
namespace {

using testing::AskerOf;
using ::testing::IsEmpty;
using testing::RowIn;
using ::testing::UnorderedElementsAre;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;
using enum DossierState;

constexpr std::array kStates = {kAInProgress,      kADone,    kBInProgress, kBDone,
                                kAgreementPending, kAgreed,   kSent,        kAccepted,
                                kProcessed,        kRejected, kWithdrawn};

bool May(const DossierRow& row, absl::string_view organisation) {
  const auto change = Erase(row, AskerOf(organisation), ErasureGround::kRequest);
  if (change.ok()) return true;
  EXPECT_THAT(change, HasReason("ROLE_REQUIRED"));
  return false;
}

TEST(EraseDossier, IsForWhoAccountsForItInEveryState) {
  for (const DossierState state : kStates) {
    const DossierRow row = RowIn(state);
    const bool taken_over = state == kAccepted || state == kProcessed;
    EXPECT_EQ(May(row, "school"), !taken_over) << static_cast<int>(state);
    EXPECT_EQ(May(row, "mbo"), taken_over) << static_cast<int>(state);
    for (const char* stranger : {"other-school", "other-mbo", "town", "rmc", "attendance"}) {
      EXPECT_FALSE(May(row, stranger)) << stranger << " " << static_cast<int>(state);
    }
  }
}

TEST(EraseDossier, IsForTheOfficeThatIsResponsibleAndForTheSchoolThatTookItUpAgain) {
  DossierRow row = RowIn(kAgreed);
  row.dossier.responsible = OrganisationId("rmc");
  EXPECT_TRUE(May(row, "rmc"));
  EXPECT_TRUE(May(row, "school"));
  EXPECT_FALSE(May(row, "mbo"));
}

TEST(EraseDossier, TellsItsGroundAndItsMoment) {
  const Asker asker = AskerOf("school");
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change,
                           Erase(RowIn(kAgreed), asker, ErasureGround::kUnlawful));
  EXPECT_EQ(change.erasure, ErasureGround::kUnlawful);
  EXPECT_EQ(ErasedAt(change.made), asker.now);
  EXPECT_EQ(ErasedAt("regions/16"), std::nullopt);
}

std::vector<std::string> Counted(DossierState state, HandoverState handover) {
  DossierRow row = RowIn(state);
  row.handover.state = handover;
  std::vector<std::string> out;
  for (const CountDelta& count :
       CountsOfErasure(row.dossier, row.handover, absl::CivilDay(2026, 5, 11))) {
    EXPECT_EQ(count.delta, -1);
    EXPECT_EQ(count.key.responsible, row.dossier.responsible);
    EXPECT_EQ(count.key.day, absl::CivilDay(2026, 5, 11));
    out.push_back(count.key.state);
  }
  return out;
}

TEST(EraseDossier, TakesWhatWasOpenOutOfTheCountsAndLeavesWhatWasReached) {
  EXPECT_THAT(Counted(kSent, HandoverState::kPlanned), UnorderedElementsAre("SENT", "PLANNED"));
  EXPECT_THAT(Counted(kAccepted, HandoverState::kFollowedUp), UnorderedElementsAre("ACCEPTED"));
  EXPECT_THAT(Counted(kProcessed, HandoverState::kHeld), UnorderedElementsAre("HELD"));
  EXPECT_THAT(Counted(kProcessed, HandoverState::kDeclined), IsEmpty());
  EXPECT_THAT(Counted(kWithdrawn, HandoverState::kNotNeeded), IsEmpty());
}

}  // namespace
}  // namespace vsv::dossiers
