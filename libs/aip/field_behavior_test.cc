#include "libs/aip/field_behavior.h"

#include "libs/aip/testing_messages.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <string>
#include <vector>

namespace vsv::aip {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class CheckFieldBehaviorTest : public ::testing::Test {
 protected:
  std::vector<errors::Violation> Check(const google::protobuf::Message& message) {
    std::vector<errors::Violation> violations;
    CheckFieldBehavior(message, violations);
    return violations;
  }

  std::vector<std::string> Fields(const std::string& type, const std::string& text) {
    std::vector<std::string> fields;
    for (const errors::Violation& violation : Check(*types_.Make(type, text))) {
      fields.push_back(violation.field);
    }
    return fields;
  }

  // A complete request, with more in the dossier and in its pupil.
  static std::string Good(const std::string& in_dossier = "", const std::string& in_pupil = "") {
    return absl::StrCat(R"(parent: "regions/16" dossier { state: STATE_SENT lines: "1" )",
                        in_dossier, R"( pupil { given_name: "Noor" score: 0 )", in_pupil, "} }");
  }

  testing::TestTypes types_;
};

TEST_F(CheckFieldBehaviorTest, PassesACompleteRequest) {
  EXPECT_THAT(Fields("CreateDossierRequest", Good()), IsEmpty());
}

TEST_F(CheckFieldBehaviorTest, NamesEveryAbsentRequiredField) {
  EXPECT_THAT(Fields("CreateDossierRequest", ""), UnorderedElementsAre("parent", "dossier"));
  EXPECT_THAT(Fields("CreateDossierRequest", "dossier { pupil {} }"),
              UnorderedElementsAre("parent", "dossier.pupil.given_name", "dossier.pupil.score",
                                   "dossier.state", "dossier.lines"));
}

TEST_F(CheckFieldBehaviorTest, LooksIntoListsWithTheIndex) {
  EXPECT_THAT(Fields("CreateDossierRequest",
                     Good(R"(pupils { given_name: "a" score: 1 } pupils { score: 2 })")),
              ElementsAre("dossier.pupils[1].given_name"));
}

TEST_F(CheckFieldBehaviorTest, RefusesEnumNumbersItDoesNotHave) {
  auto message = types_.Make("Dossier", R"(pupil { given_name: "a" score: 1 } lines: "1")");
  const auto* field = message->GetDescriptor()->FindFieldByName("state");
  message->GetReflection()->SetEnumValue(message.get(), field, 42);
  const std::vector<errors::Violation> violations = Check(*message);
  ASSERT_THAT(violations, SizeIs(1));
  EXPECT_EQ(violations[0].field, "state");
  EXPECT_THAT(violations[0].description, HasSubstr("42"));
}

TEST_F(CheckFieldBehaviorTest, RefusesControlCharactersButNotLineFeeds) {
  EXPECT_THAT(Fields("CreateDossierRequest", Good(R"(note: "a\n\tb")")), IsEmpty());
  for (const char* bad : {R"("a\000b")", R"("a\033[0m")", R"("a\rb")"}) {
    EXPECT_THAT(Fields("CreateDossierRequest", Good(absl::StrCat("note: ", bad))),
                ElementsAre("dossier.note"));
  }
  EXPECT_THAT(Fields("CreateDossierRequest", Good("", R"(nicknames: "ok" nicknames: "\001")")),
              ElementsAre("dossier.pupil.nicknames[1]"));
}

TEST_F(CheckFieldBehaviorTest, LeavesBytesAlone) {
  EXPECT_THAT(Fields("CreateDossierRequest", Good(R"(scan: "\000\377")")), IsEmpty());
}

TEST_F(CheckFieldBehaviorTest, RefusesUnknownFieldsAtAnyDepth) {
  auto message = types_.Make("CreateDossierRequest", Good());
  const auto* reflection = message->GetReflection();
  auto* dossier = reflection->MutableMessage(message.get(),
                                             message->GetDescriptor()->FindFieldByName("dossier"));
  dossier->GetReflection()->MutableUnknownFields(dossier)->AddVarint(1234, 1);
  const std::vector<errors::Violation> violations = Check(*message);
  ASSERT_THAT(violations, SizeIs(1));
  EXPECT_EQ(violations[0].field, "dossier");
  EXPECT_THAT(violations[0].description, HasSubstr("1234"));
}

TEST_F(CheckFieldBehaviorTest, RefusesDaysAndMomentsThatDoNotExist) {
  EXPECT_THAT(
      Fields("CreateDossierRequest", Good("", "birth_date { year: 2023 month: 2 day: 29 }")),
      ElementsAre("dossier.pupil.birth_date"));
  EXPECT_THAT(Fields("CreateDossierRequest", Good("create_time { seconds: 1 nanos: 2000000000 }")),
              ElementsAre("dossier.create_time"));
}

TEST_F(CheckFieldBehaviorTest, StopsAtTheNestingLimit) {
  const auto nested = [this](int depth) {
    std::string text = R"(given_name: "a" score: 1)";
    for (int i = 1; i < depth; ++i)
      text = absl::StrCat(R"(given_name: "a" score: 1 parent {)", text, "}");
    return Check(*types_.Make("Pupil", text));
  };
  EXPECT_THAT(nested(kMaxNesting), IsEmpty());
  ASSERT_THAT(nested(kMaxNesting + 1), SizeIs(1));
  EXPECT_THAT(nested(kMaxNesting + 1)[0].description, HasSubstr("nested deeper"));
}

TEST_F(CheckFieldBehaviorTest, BoundsTheNumberOfViolations) {
  std::string pupils;
  for (size_t i = 0; i < 3 * errors::kMaxViolations; ++i) pupils += " pupils {}";
  const std::vector<errors::Violation> violations =
      Check(*types_.Make("CreateDossierRequest", Good(pupils)));
  ASSERT_THAT(violations, SizeIs(errors::kMaxViolations));
  EXPECT_THAT(violations.back().description, HasSubstr("more violations"));
}

TEST_F(CheckFieldBehaviorTest, OfAnUpdateDemandsOnlyWhatTheMaskNames) {
  EXPECT_THAT(Fields("UpdateDossierRequest",
                     R"(dossier { name: "d/1" note: "x" } update_mask { paths: "note" })"),
              IsEmpty());
  EXPECT_THAT(
      Fields("UpdateDossierRequest", R"(dossier { name: "d/1" } update_mask { paths: "state" })"),
      ElementsAre("dossier.state"));
  EXPECT_THAT(
      Fields("UpdateDossierRequest",
             R"(dossier { name: "d/1" pupil {} } update_mask { paths: "pupil.given_name" })"),
      ElementsAre("dossier.pupil.given_name"));
}

TEST_F(CheckFieldBehaviorTest, OfAnUpdateAlwaysDemandsTheName) {
  EXPECT_THAT(
      Fields("UpdateDossierRequest", R"(dossier { note: "x" } update_mask { paths: "note" })"),
      ElementsAre("dossier.name"));
}

TEST_F(CheckFieldBehaviorTest, OfAnUpdateWithoutMaskDemandsAll) {
  EXPECT_THAT(Fields("UpdateDossierRequest", R"(dossier { name: "d/1" })"),
              Contains("dossier.state"));
  EXPECT_THAT(
      Fields("UpdateDossierRequest", R"(dossier { name: "d/1" } update_mask { paths: "*" })"),
      Contains("dossier.state"));
}

}  // namespace
}  // namespace vsv::aip
