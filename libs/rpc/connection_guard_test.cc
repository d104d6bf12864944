#include "libs/rpc/connection_guard.h"

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <atomic>
#include <cerrno>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace vsv::rpc {
namespace {

// A peer and the server's end of its connection.
class Pair {
 public:
  Pair() {
    int ends[2];
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
    peer_ = ends[0];
    server_ = ends[1];
  }

  ~Pair() {
    close(peer_);
    close(server_);
  }

  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  int server() const { return server_; }

  // What the server's end gives after the peer has sent so much; -1 with errno.
  ssize_t Send(size_t bytes) {
    ssize_t all = 0;
    const std::string some(4096, 'x');
    for (size_t sent = 0; sent < bytes; sent += some.size()) {
      EXPECT_EQ(write(peer_, some.data(), some.size()), static_cast<ssize_t>(some.size()));
      const ssize_t received = Receive();
      if (received < 0) return received;
      all += received;
    }
    return all;
  }

  ssize_t Receive() {
    std::string buffer(8192, ' ');
    iovec place{buffer.data(), buffer.size()};
    msghdr message{};
    message.msg_iov = &place;
    message.msg_iovlen = 1;
    return recvmsg(server_, &message, 0);
  }

 private:
  int peer_ = -1;
  int server_ = -1;
};

class Guard : public ::testing::Test {
 protected:
  Guard() {
    internal::ForgetReceived();
    internal::NoteAccepted(loud_.server());
    internal::NoteAccepted(quiet_.server());
  }

  Pair loud_;
  Pair quiet_;
  Pair own_;  // a connection of the server's own, not accepted
};

TEST_F(Guard, EndsWhoSendsMostAndNobodyElse) {
  EXPECT_EQ(loud_.Send(1 << 20), 1 << 20);
  EXPECT_EQ(own_.Send(4 << 20), 4 << 20);
  EXPECT_EQ(quiet_.Send(4096), 4096);
  EXPECT_EQ(internal::EndHeaviest(), 1);
  EXPECT_EQ(loud_.Send(4096), -1);
  EXPECT_EQ(errno, ECONNRESET);
  EXPECT_EQ(quiet_.Send(4096), 4096);
  EXPECT_EQ(own_.Send(4096), 4096);
}

TEST_F(Guard, EndsNobodyWhoSendsLittle) {
  EXPECT_EQ(loud_.Send(16 * 1024), 16 * 1024);
  EXPECT_EQ(internal::EndHeaviest(), 0);
  EXPECT_EQ(loud_.Send(4096), 4096);
}

TEST_F(Guard, CountsWhatWasSentLately) {
  EXPECT_EQ(loud_.Send(1 << 20), 1 << 20);
  internal::ForgetReceived();
  EXPECT_EQ(internal::EndHeaviest(), 0);
}

TEST_F(Guard, TheNextConnectionOfADescriptorBeginsAnew) {
  EXPECT_EQ(loud_.Send(1 << 20), 1 << 20);
  EXPECT_EQ(internal::EndHeaviest(), 1);
  internal::NoteAccepted(loud_.server());
  EXPECT_EQ(loud_.Send(4096), 4096);
}

TEST_F(Guard, ADescriptorWithWhichTheProcessConnectsIsNoClientsAnyMore) {
  EXPECT_EQ(loud_.Send(1 << 20), 1 << 20);
  EXPECT_EQ(internal::EndHeaviest(), 1);
  const sockaddr_un nowhere{AF_UNIX, ""};
  EXPECT_EQ(connect(loud_.server(), reinterpret_cast<const sockaddr*>(&nowhere), sizeof(nowhere)),
            -1);
  EXPECT_EQ(loud_.Send(1 << 20), 1 << 20);
  EXPECT_EQ(internal::EndHeaviest(), 0);
}

TEST_F(Guard, WatchesWhileTheProcessIsTooLargeAndOnlyThen) {
  std::atomic<int> ended = 0;
  {
    const ConnectionGuard roomy({.limit_bytes = uint64_t{1} << 50,
                                 .interval = absl::Milliseconds(1),
                                 .on_ended = [&](int n, uint64_t) { ended += n; }});
    EXPECT_EQ(loud_.Send(1 << 20), 1 << 20);
    absl::SleepFor(absl::Milliseconds(100));
  }
  EXPECT_EQ(ended, 0);
  const ConnectionGuard full({.limit_bytes = 1,
                              .interval = absl::Milliseconds(1),
                              .on_ended = [&](int n, uint64_t) { ended += n; }});
  const absl::Time latest = absl::Now() + absl::Seconds(20);
  while (ended == 0 && absl::Now() < latest && loud_.Send(1 << 18) > 0) {
  }
  while (ended == 0 && absl::Now() < latest) absl::SleepFor(absl::Milliseconds(1));
  EXPECT_GT(ended, 0);
}

}  // namespace
}  // namespace vsv::rpc
