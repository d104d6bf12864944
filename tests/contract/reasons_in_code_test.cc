// Every reason that code gives to a caller is one that the contract declares.
#include "tests/contract/contract_image.h"
#include "tests/contract/contract_rules.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>

namespace vsv::contract {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// Reasons of failures at start, seen by an operator and never by a caller.
const std::set<std::string>& StartUpReasons() {
  static const auto& reasons = *new std::set<std::string>{
      "AUDIT_TRAIL_CHANGED", "AUDIT_TRAIL_STALE", "EPOCH_STALE", "ROLE_UNSAFE"};
  return reasons;
}

bool IsOfName(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_';
}

// The literal of capitals that `text` begins with after white space; "" for none.
std::string LiteralAt(absl::string_view text) {
  text = absl::StripLeadingAsciiWhitespace(text);
  if (!absl::ConsumePrefix(&text, "\"")) return "";
  const absl::string_view literal = text.substr(0, text.find('"'));
  const bool capitals = std::all_of(literal.begin(), literal.end(), [](char c) {
    return IsOfName(c) && !absl::ascii_islower(static_cast<unsigned char>(c));
  });
  return capitals ? std::string(literal) : "";
}

// The reasons that constructors of libs/errors/errors.h are given as literals in `source`. By hand,
// because GCC takes std::regex for uninitialised under the sanitizers.
std::set<std::string> ReasonsIn(absl::string_view source) {
  static constexpr std::pair<absl::string_view, absl::string_view> kConstructors[] = {
      {"Precondition(", ""}, {"NotFound(", "_NOT_FOUND"}, {"AlreadyExists(", "_EXISTS"}};
  std::set<std::string> reasons;
  for (const auto& [constructor, suffix] : kConstructors) {
    for (size_t at = source.find(constructor); at != absl::string_view::npos;
         at = source.find(constructor, at + 1)) {
      if (at > 0 && IsOfName(source[at - 1])) continue;
      const std::string literal = LiteralAt(source.substr(at + constructor.size()));
      if (!literal.empty()) reasons.insert(absl::StrCat(literal, suffix));
    }
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
  EXPECT_THAT(ReasonsIn("NotFound(resource); Other(\"X\"); IsNotFound(\"X\"); NotFound(\"x\")"),
              IsEmpty());
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
