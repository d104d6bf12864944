#include "libs/base/aead.h"

#include "absl/status/status.h"
#include "gtest/gtest.h"

#include <string>

namespace vsv::base {
namespace {

const std::string kKey(kAeadKeyBytes, 'k');
constexpr char kRow[] = "16/0190a5f0-0000-7000-8000-000000000001";

TEST(Aead, OpensWhatItSealed) {
  for (const std::string& plain :
       {std::string("999900001"), std::string(), std::string("\0\xff", 2)}) {
    const absl::StatusOr<std::string> sealed = Seal(kKey, kRow, plain);
    ASSERT_TRUE(sealed.ok()) << sealed.status();
    EXPECT_EQ(sealed->find("999900001"), std::string::npos);
    const absl::StatusOr<std::string> opened = Open(kKey, kRow, *sealed);
    ASSERT_TRUE(opened.ok()) << opened.status();
    EXPECT_EQ(*opened, plain);
  }
}

TEST(Aead, NeverSealsTheSameValueTwiceAlike) {
  EXPECT_NE(*Seal(kKey, kRow, "999900001"), *Seal(kKey, kRow, "999900001"));
}

TEST(Aead, RefusesAValueThatWasMovedToAnotherRow) {
  const std::string sealed = *Seal(kKey, kRow, "999900001");
  EXPECT_EQ(Open(kKey, "19/other", sealed).status().code(), absl::StatusCode::kDataLoss);
}

TEST(Aead, RefusesAnotherKey) {
  const std::string sealed = *Seal(kKey, kRow, "999900001");
  EXPECT_EQ(Open(std::string(kAeadKeyBytes, 'x'), kRow, sealed).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST(Aead, RefusesEverySingleFlippedByte) {
  const std::string sealed = *Seal(kKey, kRow, "999900001");
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(Open(kKey, kRow, changed).ok()) << "byte " << i;
    EXPECT_FALSE(Open(kKey, kRow, sealed.substr(0, i)).ok()) << "cut at " << i;
  }
}

TEST(Aead, RefusesAKeyOfAnotherLength) {
  EXPECT_EQ(Seal("short", kRow, "x").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Open("short", kRow, "x").status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace vsv::base
