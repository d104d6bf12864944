// The rules of contract_rules.h over the contract of this build.
#include "tests/contract/contract_image.h"
#include "tests/contract/contract_rules.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>

namespace vsv::contract {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using ::testing::IsSupersetOf;

const ContractImage& Image() {
  return ContractImage::OfThisBuild();
}

template <typename Rule>
Findings OverMethods(Rule rule) {
  Findings findings;
  for (const MethodDescriptor* method : Image().Methods()) rule(*method, findings);
  return findings;
}

TEST(Contract, IsReadAsAWhole) {
  std::set<std::string> packages;
  for (const FileDescriptor* file : Image().files()) packages.insert(file->package());
  EXPECT_THAT(packages, IsSupersetOf({"vsv.audit.v1", "vsv.dossiers.v1", "vsv.errors.v1",
                                      "vsv.feed.v1", "vsv.outcomes.v1", "vsv.partners.v1",
                                      "vsv.policy.v1", "vsv.programs.v1"}));
  EXPECT_GE(Image().Methods().size(), 90u);
}

TEST(Contract, StatesForEveryMethodWhoMayCallItForWhat) {
  const Findings findings = OverMethods(CheckMethodPolicy);
  EXPECT_TRUE(findings.empty()) << Report(findings);
}

TEST(Contract, ShedsNothingThatTakesSomethingBack) {
  const Findings findings = OverMethods(CheckNeverShed);
  EXPECT_TRUE(findings.empty()) << Report(findings);
}

TEST(Contract, StatesForEveryFieldWhatItHolds) {
  Findings findings;
  for (const Descriptor* message : Image().Messages()) {
    // The policy options themselves are read by the build, not sent.
    if (message->file()->package() != "vsv.policy.v1") CheckFieldCategories(*message, findings);
  }
  EXPECT_TRUE(findings.empty()) << Report(findings);
}

// Request ids, versions, etags and pages: the rules one may deviate from, in writing.
TEST(Contract, FollowsTheApiRulesOrSaysWhyNot) {
  Findings findings = OverMethods([](const MethodDescriptor& method, Findings& found) {
    CheckMutation(method, found);
    CheckEtag(method, found);
    CheckPaging(method, found);
  });
  std::ifstream stream("proto/README.md");
  std::stringstream readme;
  readme << stream.rdbuf();
  findings = WithoutDeviations(std::move(findings), readme.str());
  EXPECT_TRUE(findings.empty()) << Report(findings);
}

TEST(Contract, SaysForEveryMethodHowItFails) {
  std::map<std::string, std::set<std::string>> reasons;
  for (const EnumDescriptor* declared : Image().ErrorReasonEnums()) {
    reasons[declared->file()->package()] = ReasonsOf(*declared);
  }
  Findings findings;
  for (const MethodDescriptor* method : Image().Methods()) {
    std::set<std::string> known = reasons["vsv.errors.v1"];
    known.merge(std::set<std::string>(reasons[method->file()->package()]));
    CheckErrorsSection(*method, known, findings);
  }
  EXPECT_TRUE(findings.empty()) << Report(findings);
}

TEST(Contract, ShowsAnExampleOfEveryReason) {
  Findings findings;
  for (const EnumDescriptor* reasons : Image().ErrorReasonEnums()) {
    CheckReasonExamples(*reasons, findings);
  }
  EXPECT_TRUE(findings.empty()) << Report(findings);
}

TEST(Contract, DeclaresASharedReasonOnlyOnce) {
  std::set<std::string> shared;
  for (const EnumDescriptor* reasons : Image().ErrorReasonEnums()) {
    if (reasons->file()->package() == "vsv.errors.v1") shared = ReasonsOf(*reasons);
  }
  ASSERT_FALSE(shared.empty());
  for (const EnumDescriptor* reasons : Image().ErrorReasonEnums()) {
    if (reasons->file()->package() == "vsv.errors.v1") continue;
    for (const std::string& reason : ReasonsOf(*reasons)) {
      EXPECT_FALSE(shared.contains(reason)) << reasons->full_name() << " repeats " << reason;
    }
  }
}

}  // namespace
}  // namespace vsv::contract
