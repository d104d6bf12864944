#include "libs/audit/checkpoint.h"

#include "libs/audit/testing_audit.h"
#include "libs/testing/status_matchers.h"

#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"

namespace vsv::audit {
namespace {

using ::testing::HasSubstr;
using vsv::testing::IsOk;
using vsv::testing::IsOkAndHolds;

Checkpoint Restored() {
  Checkpoint checkpoint = ExampleCheckpoint(7, 80);
  checkpoint.restored_after = TreeHead{kOtherTrailId, 120, std::string(32, 'r')};
  return checkpoint;
}

TEST(CheckpointTest, IsANoteThatOthersCanRead) {
  const std::string note = SignCheckpoint(Restored(), TestKey());
  EXPECT_THAT(
      note, ::testing::StartsWith("vsv-regie/dossiers/018f0000-0000-7000-8000-0000000000aa\n80\n"));
  EXPECT_THAT(note, HasSubstr("\nnumber 7\ntime 2026-05-28T20:26:40.123456Z\n"));
  EXPECT_THAT(note, HasSubstr("\nrestored-after 018f0000-0000-7000-8000-0000000000bb 120 "
                              "cnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\n\n"
                              "\u2014 vsv-regie/dossiers "));
}

TEST(CheckpointTest, ReadsBackAsItWas) {
  for (const Checkpoint& checkpoint : {ExampleCheckpoint(1, 0), Restored()}) {
    EXPECT_THAT(ParseCheckpoint(SignCheckpoint(checkpoint, TestKey())), IsOkAndHolds(checkpoint));
  }
}

TEST(CheckpointTest, IsOnlyTheSignersToMake) {
  const std::string note = SignCheckpoint(Restored(), TestKey());
  const std::string ours = TestKey().public_key();
  const std::string other = TestKey(kOtherPrivateKey).public_key();
  EXPECT_TRUE(IsSignedBy(note, {ours}));
  EXPECT_TRUE(IsSignedBy(note, {other, ours}));
  EXPECT_FALSE(IsSignedBy(note, {other}));
  EXPECT_FALSE(IsSignedBy(note, {}));
  EXPECT_FALSE(IsSignedBy(absl::StrReplaceAll(note, {{"\n80\n", "\n81\n"}}), {ours}));
  EXPECT_FALSE(IsSignedBy(absl::StrReplaceAll(note, {{"dossiers", "outcomes"}}), {ours}));
}

TEST(CheckpointTest, RefusesEveryOtherForm) {
  const std::string note = SignCheckpoint(Restored(), TestKey());
  VSV_ASSERT_OK(ParseCheckpoint(note));
  for (const auto& [from, to] :
       std::vector<std::pair<std::string, std::string>>{{"vsv-regie/", "vsv/"},
                                                        {"dossiers", "Dossiers"},
                                                        {"aa\n80", "a\n80"},
                                                        {"\n80\n", "\n080\n"},
                                                        {"\n80\n", "\n-80\n"},
                                                        {"\n80\n", "\n80\n\n"},
                                                        {"number 7", "number 0"},
                                                        {"number 7", "number"},
                                                        {"time ", "tijd "},
                                                        {".123456Z", ".12345600Z"},
                                                        {".123456Z", ".123456+00:00"},
                                                        {"restored-after", "restored"},
                                                        {" 120 ", " 120 x "},
                                                        {"cnJy", "cnJ"},
                                                        {"\n\n\u2014", "\n\n-"},
                                                        {"\n\n", "\nmore lines\n\n"}}) {
    EXPECT_FALSE(ParseCheckpoint(absl::StrReplaceAll(note, {{from, to}})).ok()) << from << to;
  }
  EXPECT_FALSE(ParseCheckpoint("").ok());
  EXPECT_FALSE(ParseCheckpoint(note.substr(0, note.size() - 1)).ok());
}

TEST(CheckpointTest, AreSplitUpToWhatWasCutOff) {
  const std::string one = SignCheckpoint(ExampleCheckpoint(1, 0), TestKey());
  const std::string two = SignCheckpoint(ExampleCheckpoint(2, 9), TestKey());
  const std::string text = absl::StrCat(one, "\n", two, "\n");
  EXPECT_THAT(SplitNotes(text), ::testing::ElementsAre(one, two));
  for (size_t cut = one.size() + 1; cut < text.size(); ++cut) {
    EXPECT_THAT(SplitNotes(absl::string_view(text).substr(0, cut)), ::testing::ElementsAre(one))
        << cut;
  }
  EXPECT_TRUE(SplitNotes("").empty());
}

}  // namespace
}  // namespace vsv::audit
