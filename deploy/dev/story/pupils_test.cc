#include "deploy/dev/story/pupils.h"

#include "libs/base/pgn.h"

#include "gtest/gtest.h"

#include <set>

namespace vsv::story {
namespace {

const std::vector<Catchment> kCatchments = {{"16", "school", {"GM0307"}, {"near", "far"}}};

TEST(TestPgn, PassesTheElevenTestAndLiesInTheTestRange) {
  std::set<std::string> seen;
  for (int n = 0; n < 200; ++n) {
    const std::string pgn = TestPgn(n);
    EXPECT_EQ(pgn.substr(0, 4), "9999");
    EXPECT_TRUE(base::Pgn::Parse(pgn).has_value()) << pgn;
    EXPECT_TRUE(seen.insert(pgn).second) << pgn;
  }
  EXPECT_FALSE(TestPgn(9'000).empty());
}

TEST(GeneratedPupils, AreTheSameForTheSameSeed) {
  const std::vector<Pupil> first = GeneratePupils(1, 50, 2026, kCatchments);
  const std::vector<Pupil> again = GeneratePupils(1, 50, 2026, kCatchments);
  const std::vector<Pupil> other = GeneratePupils(2, 50, 2026, kCatchments);
  bool differs = false;
  for (size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].dossier.SerializeAsString(), again[i].dossier.SerializeAsString());
    EXPECT_EQ(first[i].progress, again[i].progress);
    differs |= first[i].dossier.SerializeAsString() != other[i].dossier.SerializeAsString();
  }
  EXPECT_TRUE(differs);
}

TEST(TransitionYear, IsThatOfTheLatestCountDate) {
  EXPECT_EQ(TransitionYear(absl::CivilDay(2026, 10, 31)), 2025);
  EXPECT_EQ(TransitionYear(absl::CivilDay(2026, 11, 1)), 2026);
  EXPECT_EQ(TransitionYear(absl::CivilDay(2027, 3, 1)), 2026);
}

}  // namespace
}  // namespace vsv::story
