#include "services/vsvctl/options.h"

#include "absl/flags/flag.h"
#include "gmock/gmock.h"

#include <string>
#include <vector>

ABSL_FLAG(int, test_limit, 0, "");
ABSL_FLAG(bool, test_switch, false, "");
ABSL_FLAG(std::vector<std::string>, test_regions, {}, "");

namespace vsv::vsvctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(NormaliseArguments, WritesShortFlagsInFull) {
  EXPECT_THAT(NormaliseArguments({"vsvctl", "apply", "-f", "x.json", "-o", "json"}),
              ElementsAre("vsvctl", "apply", "--file", "x.json", "--output", "json"));
}

TEST(NormaliseArguments, JoinsEveryPurpose) {
  EXPECT_THAT(NormaliseArguments({"vsvctl", "partners", "create-credential", "--purpose", "rmc",
                                  "--purpose=support"}),
              ElementsAre("vsvctl", "--purpose=rmc,support", "partners", "create-credential"));
}

TEST(ParseFlags, GivesTheWordsAndSetsTheFlags) {
  EXPECT_THAT(*ParseFlags({"vsvctl", "--test_limit", "3", "dossiers", "--test_switch", "list",
                           "--test_regions=16,19", "--", "--word"}),
              ElementsAre("dossiers", "list", "--word"));
  EXPECT_EQ(absl::GetFlag(FLAGS_test_limit), 3);
  EXPECT_TRUE(absl::GetFlag(FLAGS_test_switch));
  EXPECT_THAT(absl::GetFlag(FLAGS_test_regions), ElementsAre("16", "19"));
}

TEST(ParseFlags, SaysWhatItCannotRead) {
  const auto said = [](const std::vector<std::string>& arguments) {
    const auto words = ParseFlags(arguments);
    EXPECT_EQ(words.status().code(), absl::StatusCode::kInvalidArgument);
    return std::string(words.status().message());
  };
  EXPECT_THAT(said({"vsvctl", "--test_limt=3"}), HasSubstr("no option --test_limt=3"));
  EXPECT_THAT(said({"vsvctl", "--test_limit", "many"}), HasSubstr("'many'"));
  EXPECT_THAT(said({"vsvctl", "list", "--test_limit"}), HasSubstr("--test_limit needs a value"));
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
