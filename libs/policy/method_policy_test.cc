#include "libs/policy/method_policy.h"

#include "gtest/gtest.h"

namespace vsv::policy {
namespace {

TEST(Purpose, IsNamedInLowerCaseWithoutPrefix) {
  EXPECT_EQ(PurposeName(v1::PURPOSE_PROGRAMME_MANAGEMENT), "programme_management");
  EXPECT_EQ(ParsePurpose("programme_management"), v1::PURPOSE_PROGRAMME_MANAGEMENT);
}

TEST(Purpose, IsNotTakenInAnyOtherSpelling) {
  for (const char* name :
       {"", "Transition", "TRANSITION", "purpose_transition", "transition ", "care"}) {
    EXPECT_EQ(ParsePurpose(name), v1::PURPOSE_UNSPECIFIED) << name;
  }
}

TEST(MethodPolicy, IsAbsentForAnUnknownMethod) {
  EXPECT_FALSE(PolicyOf("/vsv.none.v1.NoService/Nothing").has_value());
  EXPECT_FALSE(PolicyOf("").has_value());
}

}  // namespace
}  // namespace vsv::policy
