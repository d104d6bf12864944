#include "services/outcomes/domain/figure.h"

#include "libs/errors/errors.h"

#include <gtest/gtest.h>

namespace vsv::outcomes {
namespace {

using enum FigureStatus;

absl::Time Day(int day) {
  return absl::FromUnixSeconds(0) + absl::Hours(24) * day;
}

Figure Version(FigureStatus status, int64_t unscaled, int known_day) {
  Figure figure;
  figure.status = status;
  figure.value = {unscaled, 1};
  figure.known_from = Day(known_day);
  return figure;
}

TEST(Admit, FollowsTheStatesOfAFigure) {
  struct Case {
    std::optional<FigureStatus> before;
    FigureStatus next;
    bool admitted;
  };

  const std::vector<Case> cases = {
      {std::nullopt, kProvisional, true}, {std::nullopt, kDefinitive, true},
      {std::nullopt, kRestated, false},   {kProvisional, kProvisional, true},
      {kProvisional, kDefinitive, true},  {kProvisional, kRestated, false},
      {kDefinitive, kProvisional, false}, {kDefinitive, kDefinitive, false},
      {kDefinitive, kRestated, true},     {kRestated, kProvisional, false},
      {kRestated, kDefinitive, false},    {kRestated, kRestated, true},
  };
  for (const Case& c : cases) {
    std::vector<Figure> history;
    if (c.before.has_value()) history.push_back(Version(*c.before, 66, 1));
    const auto admission = Admit(history, Version(c.next, 64, 2));
    ASSERT_EQ(admission.ok(), c.admitted) << static_cast<int>(c.next);
    if (admission.ok()) {
      EXPECT_EQ(*admission, Admission::kAdded);
    } else {
      EXPECT_EQ(errors::ReasonOf(admission.status()), "FIGURE_STATUS");
    }
  }
}

TEST(Admit, FindsARepeatUnchangedHoweverOldItIs) {
  const std::vector<Figure> history = {Version(kProvisional, 66, 1), Version(kDefinitive, 64, 5)};
  EXPECT_EQ(*Admit(history, Version(kProvisional, 66, 1)), Admission::kUnchanged);
  EXPECT_EQ(*Admit(history, Version(kDefinitive, 64, 5)), Admission::kUnchanged);
  EXPECT_EQ(*Admit(history, Version(kDefinitive, 64, 9)), Admission::kUnchanged)
      << "nothing new was learnt on day 9";
}

TEST(Admit, KeepsADefinitiveFigureThatConfirmsTheProvisionalOne) {
  EXPECT_EQ(*Admit({Version(kProvisional, 66, 1)}, Version(kDefinitive, 66, 5)), Admission::kAdded);
}

TEST(Admit, RefusesToRewriteWhatWasKnown) {
  const std::vector<Figure> history = {Version(kProvisional, 66, 5)};
  for (const int known_day : {1, 5}) {
    const auto admission = Admit(history, Version(kProvisional, 70, known_day));
    EXPECT_EQ(errors::ReasonOf(admission.status()), "FIGURE_ORDER") << known_day;
  }
}

TEST(KnownAt, IsTheLastVersionThatWasKnownThen) {
  const std::vector<Figure> history = {Version(kProvisional, 66, 10), Version(kDefinitive, 64, 20),
                                       Version(kRestated, 69, 30)};
  EXPECT_EQ(KnownAt(history, Day(9)), nullptr);
  EXPECT_EQ(KnownAt(history, Day(10))->status, kProvisional);
  EXPECT_EQ(KnownAt(history, Day(20) - absl::Nanoseconds(1))->status, kProvisional);
  EXPECT_EQ(KnownAt(history, Day(20))->status, kDefinitive);
  EXPECT_EQ(KnownAt(history, Day(99))->status, kRestated);
}

TEST(WhyDifferent, NamesStateValueAndDefinition) {
  const Figure provisional = Version(kProvisional, 66, 1);
  const Figure definitive = Version(kDefinitive, 64, 5);
  EXPECT_EQ(WhyDifferent(provisional, definitive),
            "6.6 became 6.4: the provisional figure was followed by the definitive one");
  EXPECT_EQ(WhyDifferent(provisional, Version(kDefinitive, 66, 5)),
            "the value 6.6 stayed: the provisional figure was followed by the definitive one");
  EXPECT_EQ(WhyDifferent(Version(kRestated, 64, 5), Version(kRestated, 65, 9)),
            "6.4 became 6.5: a new restated figure");
  EXPECT_EQ(WhyDifferent(provisional, provisional), "");
  Figure redefined = definitive;
  redefined.key.definition_version = 2;
  EXPECT_EQ(WhyDifferent(definitive, redefined),
            "measured by another definition: version 1 and version 2");
}

}  // namespace
}  // namespace vsv::outcomes
