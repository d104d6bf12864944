// Every reason that code gives to a caller is one that the contract declares.
#include "tests/contract/contract_image.h"
#include "tests/contract/contract_rules.h"

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace vsv::contract {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// Reasons of failures at start, seen by an operator and never by a caller.
const std::set<std::string>& StartUpReasons() {
  static const auto& reasons = *new std::set<std::string>{"EPOCH_STALE", "ROLE_UNSAFE"};
  return reasons;
}

// The reasons that constructors of libs/errors/errors.h are given as literals in `source`.
std::set<std::string> ReasonsIn(const std::string& source) {
  static const std::regex kCall(
      R"re(\b(Precondition|NotFound|AlreadyExists)\(\s*"([A-Z][A-Z0-9_]*)")re");
  std::set<std::string> reasons;
  for (std::sregex_iterator at(source.begin(), source.end(), kCall), end; at != end; ++at) {
    const std::string constructor = (*at)[1];
    const std::string literal = (*at)[2];
    const std::string suffix = constructor == "NotFound"        ? "_NOT_FOUND"
                               : constructor == "AlreadyExists" ? "_EXISTS"
                                                                : "";
    reasons.insert(literal + suffix);
  }
  return reasons;
}

bool IsProductCode(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  const bool source = absl::EndsWith(name, ".cc") || absl::EndsWith(name, ".h");
  return source && !absl::EndsWith(name, "_test.cc") &&
         !absl::StrContains(path.string(), "/testing/");
}

// File by reason, over libs and services.
std::map<std::string, std::string> ReasonsInTree() {
  std::map<std::string, std::string> found;
  for (const char* root : {"libs", "services"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (!entry.is_regular_file() || !IsProductCode(entry.path())) continue;
      std::ifstream stream(entry.path());
      std::stringstream text;
      text << stream.rdbuf();
      for (const std::string& reason : ReasonsIn(text.str())) found[reason] = entry.path().string();
    }
  }
  return found;
}

TEST(ReasonsIn, FindsLiteralsAlsoAcrossLines) {
  EXPECT_THAT(ReasonsIn("return errors::Precondition(\n      \"NO_APPLICATION\", \"x\");\n"
                        "errors::NotFound(\"DOSSIER\"); AlreadyExists(\"REGION\", \"y\")"),
              UnorderedElementsAre("NO_APPLICATION", "DOSSIER_NOT_FOUND", "REGION_EXISTS"));
  EXPECT_THAT(ReasonsIn("NotFound(resource); Other(\"X\")"), IsEmpty());
}

TEST(ReasonsInCode, AreAllDeclaredInAContract) {
  std::set<std::string> declared = StartUpReasons();
  for (const google::protobuf::EnumDescriptor* reasons :
       ContractImage::OfThisBuild().ErrorReasonEnums()) {
    declared.merge(ReasonsOf(*reasons));
  }
  const std::map<std::string, std::string> used = ReasonsInTree();
  ASSERT_FALSE(used.empty()) << "run from the root of the source tree";
  for (const auto& [reason, file] : used) {
    EXPECT_THAT(declared, Contains(reason)) << "in " << file;
  }
}

}  // namespace
}  // namespace vsv::contract
