#include "services/vsvctl/options.h"

#include "gmock/gmock.h"

namespace vsv::vsvctl {
namespace {

using ::testing::ElementsAre;

TEST(NormaliseArguments, WritesShortFlagsInFull) {
  EXPECT_THAT(NormaliseArguments({"vsvctl", "apply", "-f", "x.json", "-o", "json"}),
              ElementsAre("vsvctl", "apply", "--file", "x.json", "--output", "json"));
}

TEST(NormaliseArguments, JoinsEveryPurpose) {
  EXPECT_THAT(NormaliseArguments({"vsvctl", "partners", "create-credential", "--purpose", "rmc",
                                  "--purpose=support"}),
              ElementsAre("vsvctl", "--purpose=rmc,support", "partners", "create-credential"));
}

TEST(CallPurpose, OfACredentialIsTheRegisterWhateverItIsFor) {
  EXPECT_EQ(CallPurpose({"partners", "create-credential"}, {"rmc", "support"}), "registry");
  EXPECT_EQ(CallPurpose({"dossiers", "get", "x"}, {"rmc", "support"}), "rmc");
  EXPECT_EQ(CallPurpose({"health"}, {}), "");
}

TEST(ParseOutput, IsTableOrJson) {
  EXPECT_EQ(*ParseOutput("json"), Output::kJson);
  EXPECT_FALSE(ParseOutput("yaml").ok());
}

TEST(AddressesFrom, NumbersThePortsInTheOrderOfTheServices) {
  const auto addresses =
      AddressesFrom({{"dossiers", "dossiers.internal:1"}, {"programs", ""}}, 8400);
  EXPECT_EQ(addresses.at("partners"), "127.0.0.1:8401");
  EXPECT_EQ(addresses.at("programs"), "127.0.0.1:8402");
  EXPECT_EQ(addresses.at("dossiers"), "dossiers.internal:1");
  EXPECT_EQ(addresses.at("outcomes"), "127.0.0.1:8404");
}

}  // namespace
}  // namespace vsv::vsvctl
