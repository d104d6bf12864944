#include "libs/audit/checkpoint_file.h"

#include "libs/audit/testing_audit.h"
#include "libs/testing/status_matchers.h"

#include "gtest/gtest.h"

#include <sstream>
#include <thread>

namespace vsv::audit {
namespace {

using vsv::testing::IsOk;
using vsv::testing::IsOkAndHolds;

std::string Note(int64_t number) {
  return SignCheckpoint(ExampleCheckpoint(number, number * 10), TestKey());
}

class CheckpointFileTest : public ::testing::Test {
 protected:
  // Adds the note with the next number.
  absl::Status AddNext() const {
    return file_
        .Add([](const std::optional<KeptCheckpoint>& last)
                 -> absl::StatusOr<std::vector<std::string>> {
          return std::vector<std::string>{Note(last.has_value() ? last->checkpoint.number + 1 : 1)};
        })
        .status();
  }

  int64_t LastNumber() const {
    const auto last = file_.Last();
    EXPECT_THAT(last, IsOk());
    return last.ok() && last->has_value() ? (*last)->checkpoint.number : 0;
  }

  std::string Content() const {
    std::ostringstream content;
    content << std::ifstream(file_.path()).rdbuf();
    return content.str();
  }

  void Overwrite(const std::string& content) const {
    std::ofstream(file_.path(), std::ios::trunc) << content;
  }

  Directory directory_;
  CheckpointFile file_ = *CheckpointFile::In(directory_.path(), "dossiers");
};

TEST_F(CheckpointFileTest, GrowsAndKnowsItsLast) {
  EXPECT_EQ(LastNumber(), 0);
  for (int64_t number = 1; number <= 40; ++number) {  // longer than what is read of its end
    VSV_ASSERT_OK(AddNext());
    EXPECT_EQ(LastNumber(), number);
  }
  EXPECT_EQ((*file_.Last())->note, Note(40));
  EXPECT_EQ(SplitNotes(Content()).size(), 40U);
}

TEST_F(CheckpointFileTest, GoesOnBehindWhatAPowerCutLeft) {
  for (int i = 0; i < 3; ++i) VSV_ASSERT_OK(AddNext());
  const std::string whole = Content();
  const size_t two = Note(1).size() + Note(2).size() + 2;
  for (size_t cut = two; cut < whole.size(); ++cut) {
    Overwrite(whole.substr(0, cut));
    EXPECT_EQ(LastNumber(), 2) << cut;
    VSV_ASSERT_OK(AddNext());
    EXPECT_EQ(Content(), whole) << cut;
  }
  Overwrite(whole.substr(0, 20));
  EXPECT_EQ(LastNumber(), 0);
}

TEST_F(CheckpointFileTest, IsSharedByManyWithoutAGapOrADouble) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this] {
      for (int n = 0; n < 20; ++n) EXPECT_THAT(AddNext(), IsOk());
    });
  }
  for (std::thread& thread : threads) thread.join();
  const std::string content = Content();
  int64_t number = 0;
  for (const absl::string_view note : SplitNotes(content)) EXPECT_EQ(note, Note(++number));
  EXPECT_EQ(number, 80);
}

TEST_F(CheckpointFileTest, RefusesWhatItCannotRead) {
  Overwrite("something else\n\n\u2014 vsv-regie/dossiers x\n\n");
  EXPECT_THAT(file_.Last(), testing::StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(AddNext(), testing::StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(CheckpointFileTest, AddsNothingWhenWhatFollowsIsNotKnown) {
  VSV_ASSERT_OK(AddNext());
  const std::string before = Content();
  EXPECT_FALSE(file_
                   .Add([](const auto&) -> absl::StatusOr<std::vector<std::string>> {
                     return absl::InternalError("the database is away");
                   })
                   .ok());
  EXPECT_EQ(Content(), before);
}

TEST(CheckpointDirectory, MustBeThere) {
  const Directory directory;
  EXPECT_THAT(CheckpointFile::In(directory.path() + "/missing", "dossiers"),
              testing::StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(CheckpointFile::In(directory.Write("file", ""), "dossiers"),
              testing::StatusIs(absl::StatusCode::kFailedPrecondition));
}

}  // namespace
}  // namespace vsv::audit
