// The register of erasures against crashes, damage, other processes, and a full disk.
#include "services/dossiers/storage/erasure_register.h"

#include "libs/base/hash.h"
#include "libs/testing/status_matchers.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

namespace {

std::atomic<int> fsyncs{0};

}  // namespace

// In the place of the C library's.
extern "C" int fsync(int file) {
  ++fsyncs;
  return static_cast<int>(syscall(SYS_fsync, file));
}

namespace vsv::dossiers {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::vsv::testing::IsOk;

Erasure Of(int number) {
  return {RegionId("16"), base::Sha256(absl::StrCat("dossier ", number)),
          absl::FromUnixMicros(1'780'000'000'000'000 + number), ErasureGround::kUnlawful};
}

class ErasureRegisterTest : public ::testing::Test {
 protected:
  ~ErasureRegisterTest() override { std::filesystem::remove_all(directory_); }

  absl::StatusOr<std::unique_ptr<ErasureRegister>> Open(char key = 'k') {
    return ErasureRegister::Open(directory_, *PupilKeys::FromMaster(std::string(32, key)));
  }

  // With erasures 1..n.
  void Make(int n) {
    auto made = Open();
    ASSERT_THAT(made, IsOk());
    for (int i = 1; i <= n; ++i) VSV_ASSERT_OK((*made)->Keep({Of(i)}));
  }

  size_t Kept() {
    const auto opened = Open();
    EXPECT_THAT(opened, IsOk());
    return opened.ok() ? (*opened)->All().size() : 0;
  }

  std::string Content() const {
    std::ostringstream content;
    content << std::ifstream(path_, std::ios::binary).rdbuf();
    return content.str();
  }

  void Write(const std::string& content) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << content;
  }

  const std::string directory_ = [] {
    std::string path = ::testing::TempDir() + "/erasures-XXXXXX";
    return std::string(mkdtemp(path.data()));
  }();
  const std::string path_ = directory_ + "/erasures";
};

TEST_F(ErasureRegisterTest, KeepsWhatWasKeptOnceAndInOrder) {
  Make(3);
  auto opened = Open();
  VSV_ASSERT_OK(opened);
  VSV_ASSERT_OK((*opened)->Keep({Of(2), Of(4), Of(4)}));
  const std::string content = Content();
  VSV_ASSERT_OK((*opened)->Keep({Of(1), Of(2), Of(3), Of(4)}));
  EXPECT_EQ(Content(), content);
  const std::vector<Erasure> all = (*Open())->All();
  ASSERT_THAT(all, SizeIs(4));
  for (int i = 1; i <= 4; ++i) {
    const Erasure& kept = all[static_cast<size_t>(i) - 1];
    EXPECT_EQ(kept.dossier_hash, Of(i).dossier_hash);
    EXPECT_EQ(kept.erased_at, Of(i).erased_at);
    EXPECT_EQ(kept.ground, Of(i).ground);
  }
  const auto permissions = std::filesystem::status(path_).permissions();
  EXPECT_EQ(permissions & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

// Written by who was killed before it was on the disk, and asked for again by whoever was not told.
TEST_F(ErasureRegisterTest, WhatStandsThereAlreadyIsPutOnTheDiskBeforeItIsAcknowledged) {
  Make(2);
  auto opened = Open();
  VSV_ASSERT_OK(opened);
  const int before = fsyncs;
  VSV_ASSERT_OK((*opened)->Keep({Of(2)}));
  EXPECT_EQ(fsyncs, before + 1);
  VSV_ASSERT_OK((*opened)->Keep({Of(1)}));
  EXPECT_EQ(fsyncs, before + 1) << "once is enough";
}

TEST_F(ErasureRegisterTest, ALineThatWasCutOffAnywhereCostsThatLineAlone) {
  Make(3);
  const std::string whole = Content();
  const size_t last = whole.rfind('\n', whole.size() - 2) + 1;
  for (size_t size = last; size < whole.size(); ++size) {
    Write(whole.substr(0, size));
    auto opened = Open();
    ASSERT_THAT(opened, IsOk()) << size;
    ASSERT_THAT((*opened)->All(), SizeIs(2)) << size;
    VSV_ASSERT_OK((*opened)->Keep({Of(3)}));
    ASSERT_EQ(Content(), whole) << size;
  }
  Write(whole + std::string(200, '\0'));  // a file system that had grown the file, not filled it
  EXPECT_EQ(Kept(), 3U);
  Write("vsv-eras");
  EXPECT_EQ(Kept(), 0U);
}

TEST_F(ErasureRegisterTest, ADamagedLineIsRefusedWithItsNumberWhateverIsDamaged) {
  Make(3);
  const std::string whole = Content();
  const size_t second = whole.find('\n') + 1;
  const size_t third = whole.find('\n', second) + 1;
  for (size_t at = second; at < third - 1; ++at) {
    std::string damaged = whole;
    damaged[at] = damaged[at] == '7' ? '8' : '7';
    Write(damaged);
    const auto opened = Open();
    ASSERT_EQ(opened.status().code(), absl::StatusCode::kDataLoss) << at;
    EXPECT_THAT(std::string(opened.status().message()), HasSubstr(path_ + ", line 2: damaged"));
    EXPECT_EQ(Content(), damaged) << "nothing is mended by guessing";
  }
  Write("something else\n" + whole);
  EXPECT_THAT(std::string(Open().status().message()), HasSubstr("of another version or damaged"));
}

TEST_F(ErasureRegisterTest, AnotherKeyReadsNothing) {
  Make(1);
  EXPECT_THAT(std::string(Open('x').status().message()), HasSubstr("under another pupil key"));
}

TEST_F(ErasureRegisterTest, SaysWhatCannotBeUsed) {
  const auto keys = *PupilKeys::FromMaster(std::string(32, 'k'));
  const auto absent = ErasureRegister::Open(directory_ + "/nothing", keys);
  EXPECT_EQ(absent.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(absent.status().message()), HasSubstr("cannot be opened: No such file"));
  std::filesystem::create_directory(path_);
  EXPECT_THAT(std::string(Open().status().message()), HasSubstr("cannot be opened"));
}

TEST_F(ErasureRegisterTest, NamesNobodyInTheClear) {
  Make(1);
  EXPECT_EQ(Content().find("dossier 1"), std::string::npos);
  EXPECT_THAT(Content(), HasSubstr(absl::StrCat("16 ", base::HexEncode(Of(1).dossier_hash), " ")));
}

TEST_F(ErasureRegisterTest, OfADiskThatIsFullNothingCountsAndTheNextTrySucceeds) {
  Make(2);
  auto opened = Open();
  VSV_ASSERT_OK(opened);
  const std::string before = Content();
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit old = {};
  getrlimit(RLIMIT_FSIZE, &old);
  rlimit full = old;
  full.rlim_cur = before.size() + 30;  // half a line
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
  const absl::Status failed = (*opened)->Keep({Of(3)});
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &old), 0);
  EXPECT_THAT(std::string(failed.message()), HasSubstr("cannot be written"));
  EXPECT_EQ(Content(), before);
  EXPECT_THAT((*opened)->All(), SizeIs(2));
  VSV_ASSERT_OK((*opened)->Keep({Of(3)}));
  EXPECT_EQ(Kept(), 3U);
}

TEST_F(ErasureRegisterTest, AFileThatIsTakenAwayOrCutUnderTheServerIsWrittenAnewWhole) {
  Make(2);
  auto opened = Open();
  VSV_ASSERT_OK(opened);
  std::filesystem::remove(path_);
  VSV_ASSERT_OK((*opened)->Keep({Of(3)}));
  EXPECT_EQ(Kept(), 3U);
  std::filesystem::resize_file(path_, Content().find('\n') + 1);
  VSV_ASSERT_OK((*opened)->Keep({Of(3)}));
  EXPECT_EQ(Kept(), 3U);
  std::filesystem::remove_all(directory_);
  EXPECT_FALSE((*opened)->Keep({Of(4)}).ok());
  std::filesystem::create_directory(directory_);
  VSV_ASSERT_OK((*opened)->Keep({Of(4)}));
  EXPECT_EQ(Kept(), 4U);
}

TEST_F(ErasureRegisterTest, TwoProcessesKeepOne) {
  auto first = Open();
  auto second = Open();
  VSV_ASSERT_OK(first);
  VSV_ASSERT_OK(second);
  std::thread other([&] {
    for (int i = 0; i < 50; ++i) VSV_EXPECT_OK((*second)->Keep({Of(2 * i), Of(100 + i)}));
  });
  for (int i = 0; i < 50; ++i) VSV_EXPECT_OK((*first)->Keep({Of(2 * i + 1), Of(100 + i)}));
  other.join();
  EXPECT_EQ(Kept(), 150U);
}

}  // namespace
}  // namespace vsv::dossiers
