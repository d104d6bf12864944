#include "services/dossiers/domain/names.h"

#include "gtest/gtest.h"

namespace vsv::dossiers {
namespace {

template <typename Enum>
void ExpectRoundTrip(Enum last) {
  for (int number = 0; number <= static_cast<int>(last); ++number) {
    const auto value = static_cast<Enum>(number);
    ASSERT_FALSE(Name(value).empty()) << number;
    EXPECT_EQ(FromName<Enum>(Name(value)), value) << Name(value);
  }
}

TEST(Names, EveryValueHasANameThatLeadsBackToIt) {
  ExpectRoundTrip(DossierState::kWithdrawn);
  ExpectRoundTrip(Origin::kPrecedingProvision);
  ExpectRoundTrip(Finality::kFinal);
  ExpectRoundTrip(Person::kGuardian);
  ExpectRoundTrip(Opinion::kDisagrees);
  ExpectRoundTrip(ApplicationState::kWithdrawn);
  ExpectRoundTrip(HandoverState::kDeclined);
  ExpectRoundTrip(Participant::kCareParty);
  ExpectRoundTrip(FirstYearStatus::kDeregistered);
  ExpectRoundTrip(Process::kFirstYear);
  ExpectRoundTrip(RecallReason::kNoEnrolment);
  ExpectRoundTrip(Purpose::kProjection);
  for (const Category category : kAllCategories.Members()) {
    EXPECT_EQ(FromName<Category>(Name(category)), category);
  }
}

TEST(Names, AnyOtherTextIsNoValue) {
  EXPECT_EQ(FromName<DossierState>("sent"), std::nullopt);
  EXPECT_EQ(FromName<DossierState>(""), std::nullopt);
}

TEST(CategorySet, NamesItsMembersInTheOrderOfTheEnum) {
  const CategorySet set = {Category::kHealth, Category::kProcess};
  EXPECT_EQ(set.ToString(), "PROCESS,HEALTH");
  EXPECT_TRUE(kAllCategories.ContainsAll(set));
  EXPECT_EQ(kAllCategories.Minus(set).Intersect(set), CategorySet());
}

}  // namespace
}  // namespace vsv::dossiers
