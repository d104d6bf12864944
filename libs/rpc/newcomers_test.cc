#include "libs/rpc/newcomers.h"

#include "gtest/gtest.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string>

namespace vsv::rpc {
namespace {

uint64_t Of(const std::string& text) {
  sockaddr_storage address = {};
  if (text.find(':') == std::string::npos) {
    address.ss_family = AF_INET;
    EXPECT_EQ(inet_pton(AF_INET, text.c_str(), &reinterpret_cast<sockaddr_in&>(address).sin_addr),
              1);
  } else {
    address.ss_family = AF_INET6;
    EXPECT_EQ(
        inet_pton(AF_INET6, text.c_str(), &reinterpret_cast<sockaddr_in6&>(address).sin6_addr), 1);
  }
  return AddressOf(address);
}

TEST(AddressOf, IsTheNetworkOfAnIpv6AddressAndTheSameForBothFormsOfIpv4) {
  EXPECT_EQ(Of("127.0.0.2"), Of("::ffff:127.0.0.2"));
  EXPECT_NE(Of("127.0.0.2"), Of("127.0.0.3"));
  EXPECT_EQ(Of("2001:db8:0:1::1"), Of("2001:db8:0:1:ffff::2"));
  EXPECT_NE(Of("2001:db8:0:1::1"), Of("2001:db8:0:2::1"));
  sockaddr_storage local = {};
  local.ss_family = AF_UNIX;
  EXPECT_EQ(AddressOf(local), 0);
}

class Newcomers : public ::testing::Test {
 protected:
  int Admitted(uint64_t address, int tries) {
    int admitted = 0;
    for (int i = 0; i < tries; ++i) admitted += addresses_.Admit(address, now_) ? 1 : 0;
    return admitted;
  }

  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  Addresses addresses_;
  Bearers bearers_;
};

TEST_F(Newcomers, AreRefusedWhenTheHandshakesOfTheirAddressDoNotSucceed) {
  addresses_.SetMost(20);
  EXPECT_EQ(Admitted(Of("127.0.0.2"), 100), 20);
  EXPECT_EQ(Admitted(Of("127.0.0.3"), 100), 20) << "another address has its own";
  now_ += absl::Seconds(1);
  EXPECT_EQ(Admitted(Of("127.0.0.2"), 100), 2);
  now_ += absl::Hours(1);
  EXPECT_EQ(Admitted(Of("127.0.0.2"), 100), 20);
}

TEST_F(Newcomers, AreAsManyAsTheyLikeWhenTheirHandshakesSucceed) {
  addresses_.SetMost(20);
  for (int i = 0; i < 10'000; ++i) {
    ASSERT_TRUE(addresses_.Admit(Of("127.0.0.2"), now_)) << i;
    addresses_.GiveBack(Of("127.0.0.2"));
  }
  EXPECT_EQ(Admitted(Of("127.0.0.2"), 100), 20) << "what is given back is no more than was taken";
}

TEST_F(Newcomers, AreRefusedSoonerWhenTheirAddressIsToBlame) {
  addresses_.SetMost(20);
  for (int i = 0; i < 4; ++i) {
    ASSERT_EQ(Admitted(Of("127.0.0.2"), 1), 1) << i;
    addresses_.Blame(Of("127.0.0.2"));
  }
  EXPECT_EQ(Admitted(Of("127.0.0.2"), 1), 0);
  addresses_.Blame(Of("127.0.0.2"));
  now_ += absl::Seconds(1);
  EXPECT_EQ(Admitted(Of("127.0.0.2"), 100), 2) << "there is no debt";
}

TEST_F(Newcomers, AreNotCountedWithoutALimitOrAnAddress) {
  EXPECT_EQ(Admitted(Of("127.0.0.2"), 1000), 1000);
  addresses_.SetMost(20);
  EXPECT_EQ(Admitted(0, 1000), 1000);
}

// Whoever has many addresses takes no memory with them.
TEST_F(Newcomers, AreForgottenWhenTheyKeepQuiet) {
  addresses_.SetMost(20);
  for (uint64_t address = 1; address < 5000; ++address) EXPECT_EQ(Admitted(address, 30), 20);
  now_ += absl::Seconds(11);
  for (uint64_t address = 1; address < 5000; ++address) EXPECT_EQ(Admitted(address, 30), 20);
}

TEST_F(Newcomers, OfASuspendedCertificateWaitTwiceAsLongEachTime) {
  const std::shared_ptr<Bearer> bearer = bearers_.Find("certificate", now_);
  const std::shared_ptr<Bearer> other = bearers_.Find("another", now_);
  EXPECT_FALSE(bearer->IsSuspended(now_));
  for (const int seconds : {5, 10, 20, 40, 60, 60}) {
    EXPECT_EQ(bearer->Suspend(now_), absl::Seconds(seconds));
    EXPECT_EQ(bearer->Suspend(now_), absl::ZeroDuration()) << "told once for all connections";
    EXPECT_TRUE(bearer->IsSuspended(now_ + absl::Seconds(seconds) - absl::Milliseconds(1)));
    EXPECT_FALSE(other->IsSuspended(now_));
    now_ += absl::Seconds(seconds);
    EXPECT_FALSE(bearer->IsSuspended(now_));
  }
  now_ += absl::Minutes(10);
  EXPECT_EQ(bearer->Suspend(now_), absl::Seconds(5)) << "after a quiet time it begins anew";
}

TEST_F(Newcomers, OfACertificateAreNotMoreThanAThousand) {
  const std::shared_ptr<Bearer> bearer = bearers_.Find("certificate", now_);
  for (int i = 0; i < 1024; ++i, now_ += absl::Milliseconds(50))
    ASSERT_TRUE(bearer->Open(now_)) << i;
  now_ += absl::Minutes(1);
  EXPECT_FALSE(bearer->Open(now_));
  EXPECT_TRUE(bearers_.Find("another", now_)->Open(now_));
  bearer->Close();
  EXPECT_TRUE(bearer->Open(now_));
}

// To connect and leave, again and again, is a flood of handshakes.
TEST_F(Newcomers, OfACertificateAreNotBegunWithoutEnd) {
  const std::shared_ptr<Bearer> bearer = bearers_.Find("certificate", now_);
  int begun = 0;
  for (; begun < 1000 && bearer->Open(now_); ++begun) bearer->Close();
  EXPECT_EQ(begun, 256);
  now_ += absl::Seconds(2);
  for (begun = 0; begun < 1000 && bearer->Open(now_); ++begun) bearer->Close();
  EXPECT_EQ(begun, 50);
}

// A suspension outlives the connections; nothing else does.
TEST_F(Newcomers, AreRememberedWhileTheyAreSuspended) {
  bearers_.Find("flooder", now_)->Suspend(now_);
  const std::shared_ptr<Bearer> connected = bearers_.Find("connected", now_);
  for (int i = 0; i < 5000; ++i) bearers_.Find(std::to_string(i), now_);
  EXPECT_TRUE(bearers_.Find("flooder", now_)->IsSuspended(now_));
  EXPECT_EQ(bearers_.Find("connected", now_), connected);
}

}  // namespace
}  // namespace vsv::rpc
