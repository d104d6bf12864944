#include "libs/audit/merkle.h"

#include "libs/base/hash.h"
#include "libs/testing/status_matchers.h"

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "gtest/gtest.h"

#include <algorithm>
#include <array>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace vsv::audit {
namespace {

// RFC 6962, section 2.1, as it stands there.
std::string NaiveRoot(absl::Span<const std::string> data) {
  if (data.empty()) return base::Sha256("");
  if (data.size() == 1) return LeafHash(data[0]);
  size_t split = 1;
  while (split * 2 < data.size()) split *= 2;
  return NodeHash(NaiveRoot(data.first(split)), NaiveRoot(data.subspan(split)));
}

std::string Bytes(absl::string_view hex) {
  return *base::HexDecode(hex);
}

// The leaves and roots that implementations of RFC 6962 test themselves with
// (certificate-transparency).
TEST(Merkle, HasTheKnownRoots) {
  const std::array<std::string, 8> leaves = {
      "",
      Bytes("00"),
      Bytes("10"),
      Bytes("2021"),
      Bytes("3031"),
      Bytes("40414243"),
      Bytes("5051525354555657"),
      Bytes("606162636465666768696a6b6c6d6e6f"),
  };
  const std::array<const char*, 9> roots = {
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  };
  Frontier frontier;
  EXPECT_EQ(base::HexEncode(frontier.Root()), roots[0]);
  for (size_t i = 0; i < leaves.size(); ++i) {
    frontier.Append(LeafHash(leaves[i]));
    EXPECT_EQ(base::HexEncode(frontier.Root()), roots[i + 1]);
    EXPECT_EQ(frontier.size(), static_cast<int64_t>(i) + 1);
  }
}

RC_GTEST_PROP(Merkle, GrowsToWhatTheNaiveTreeIsAlsoWhenItIsKeptOnTheWay, ()) {
  const auto data = *rc::gen::container<std::vector<std::string>>(
      *rc::gen::inRange(0, 300), rc::gen::arbitrary<std::string>());
  const auto kept_at = *rc::gen::inRange<size_t>(0, data.size() + 1);
  Frontier frontier;
  for (size_t i = 0; i <= data.size(); ++i) {
    if (i == kept_at) {
      const auto kept = Frontier::Parse(frontier.size(), frontier.peaks());
      RC_ASSERT(kept.ok());
      frontier = *kept;
    }
    RC_ASSERT(frontier.Root() == NaiveRoot(absl::MakeSpan(data).first(i)));
    if (i < data.size()) frontier.Append(LeafHash(data[i]));
  }
}

TEST(Merkle, RefusesAnEdgeOfAnotherSize) {
  for (const auto& [size, bytes] : {std::pair<int64_t, size_t>{0, 32}, {1, 0}, {3, 32}, {4, 31}}) {
    EXPECT_FALSE(Frontier::Parse(size, std::string(bytes, 'x')).ok()) << size;
  }
  EXPECT_FALSE(Frontier::Parse(-1, "").ok());
  VSV_EXPECT_OK(Frontier::Parse(5, std::string(64, 'x')));
}

}  // namespace
}  // namespace vsv::audit
