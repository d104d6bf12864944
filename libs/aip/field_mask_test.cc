#include "libs/aip/field_mask.h"

#include "libs/aip/testing_messages.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

#include <memory>
#include <string>
#include <vector>

namespace vsv::aip {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

FieldMask Mask(const std::vector<std::string>& paths) {
  FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  return mask;
}

class FieldMaskTest : public ::testing::Test {
 protected:
  std::vector<errors::Violation> Check(const std::vector<std::string>& paths) {
    std::vector<errors::Violation> violations;
    CheckFieldMask(Mask(paths), types_.Type("Dossier"), "update_mask", violations);
    return violations;
  }

  // `to` with the masked fields of `from`, in text form.
  std::string Apply(const std::vector<std::string>& paths, const std::string& from,
                    const std::string& to) {
    const auto source = types_.Make("Dossier", from);
    auto target = types_.Make("Dossier", to);
    ApplyFieldMask(Mask(paths), *source, *target);
    return target->ShortDebugString();
  }

  std::string Text(const std::string& text) {
    return types_.Make("Dossier", text)->ShortDebugString();
  }

  testing::TestTypes types_;
};

TEST_F(FieldMaskTest, TakesWritablePathsAndTheStar) {
  EXPECT_THAT(Check({}), IsEmpty());
  EXPECT_THAT(Check({"*"}), IsEmpty());
  EXPECT_THAT(Check({"note", "pupil.given_name", "pupil.parent.parent.score", "pupils"}),
              IsEmpty());
}

TEST_F(FieldMaskTest, NamesThePathThatIsWrong) {
  const std::vector<errors::Violation> violations =
      Check({"note", "nothing", "note", "create_time", "region", "name", "pupils.given_name",
             "note.x", "create_time.seconds", "", "note,state", "*"});
  std::vector<std::string> fields;
  for (const errors::Violation& violation : violations) fields.push_back(violation.field);
  std::vector<std::string> expected;
  for (int i = 1; i <= 11; ++i) expected.push_back(absl::StrCat("update_mask.paths[", i, "]"));
  EXPECT_EQ(fields, expected);
  EXPECT_THAT(violations[0].description, HasSubstr("no field of Dossier"));
  EXPECT_THAT(violations[1].description, HasSubstr("twice"));
  EXPECT_THAT(violations[2].description, HasSubstr("by the service only"));
  EXPECT_THAT(violations[3].description, HasSubstr("cannot be changed"));
  EXPECT_THAT(violations[5].description, HasSubstr("no single message"));
}

TEST_F(FieldMaskTest, RefusesAMaskOfAnySize) {
  EXPECT_THAT(Check(std::vector<std::string>(101, "note")), SizeIs(1));
}

TEST_F(FieldMaskTest, ChangesOnlyWhatItNames) {
  EXPECT_EQ(Apply({"note"}, R"(note: "new" region: "16")", R"(note: "old" region: "19")"),
            Text(R"(note: "new" region: "19")"));
}

TEST_F(FieldMaskTest, ClearsWhatIsNotSet) {
  EXPECT_EQ(Apply({"note", "lines", "pupil"}, "",
                  R"(note: "old" lines: "1" pupil { given_name: "a" } count: 3)"),
            Text("count: 3"));
}

TEST_F(FieldMaskTest, ReplacesMessagesAndListsAsAWhole) {
  EXPECT_EQ(Apply({"pupil", "lines", "pupils"},
                  R"(pupil { score: 1 } lines: "2" pupils { given_name: "b" })",
                  R"(pupil { given_name: "a" } lines: "1" lines: "3" pupils {} pupils {})"),
            Text(R"(pupil { score: 1 } lines: "2" pupils { given_name: "b" })"));
}

TEST_F(FieldMaskTest, ReachesIntoMessagesAndKeepsPresence) {
  EXPECT_EQ(Apply({"pupil.score"}, "pupil { score: 0 }", R"(pupil { given_name: "a" score: 7 })"),
            Text(R"(pupil { given_name: "a" score: 0 })"));
  EXPECT_EQ(Apply({"pupil.score"}, "", R"(pupil { given_name: "a" score: 7 })"),
            Text(R"(pupil { given_name: "a" })"));
  EXPECT_EQ(Apply({"pupil.score"}, R"(pupil { score: 3 })", ""), Text("pupil { score: 3 }"));
  EXPECT_EQ(Apply({"pupil.score"}, "", R"(note: "n")"), Text(R"(note: "n")"))
      << "no empty message is left behind";
}

TEST_F(FieldMaskTest, LeavesTheSourceAsItWas) {
  const auto source = types_.Make("Dossier", R"(note: "new" pupil { score: 1 })");
  const auto before = types_.Make("Dossier", R"(note: "new" pupil { score: 1 })");
  auto target = types_.Make("Dossier", R"(note: "old")");
  ApplyFieldMask(Mask({"note", "pupil"}), *source, *target);
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*source, *before));
}

TEST_F(FieldMaskTest, OfAllWritableFieldsLeavesOutWhatTheCallerMayNotWrite) {
  const FieldMask mask = WritableMask(
      types_.Type("Dossier"), [](const FieldDescriptor& field) { return field.name() != "scan"; });
  EXPECT_THAT(mask.paths(), ElementsAre("pupil", "state", "lines", "note", "pupils", "count"));
}

TEST_F(FieldMaskTest, TouchesAPathFromAboveAndBelow) {
  EXPECT_TRUE(MaskTouches(Mask({"pupil"}), "pupil.score"));
  EXPECT_TRUE(MaskTouches(Mask({"pupil.score"}), "pupil"));
  EXPECT_TRUE(MaskTouches(Mask({"*"}), "pupil"));
  EXPECT_FALSE(MaskTouches(Mask({"pupils"}), "pupil"));
  EXPECT_FALSE(MaskTouches(Mask({"pupil.score"}), "pupil.given_name"));
}

}  // namespace
}  // namespace vsv::aip
