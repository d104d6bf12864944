// A PostgreSQL that stands still: it takes connections, as its kernel does, and answers nothing.
#include "libs/pg/connection.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"

#include <array>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <future>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

namespace vsv::pg {
namespace {

int UnixSocket(const std::string& path, bool listens) {
  const int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  EXPECT_LT(path.size(), sizeof(address.sun_path));
  std::memcpy(address.sun_path, path.data(), std::min(path.size(), sizeof(address.sun_path) - 1));
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  EXPECT_EQ(
      listens ? bind(made, generic, sizeof(address)) : connect(made, generic, sizeof(address)), 0)
      << path;
  if (listens) {
    EXPECT_EQ(listen(made, 8), 0);
  }
  return made;
}

// Stands before the server for one connection, and stands still when it is told to.
class StillServer {
 public:
  StillServer(const std::string& path, const std::string& behind)
      : listener_(UnixSocket(path, true)), behind_(UnixSocket(behind, false)) {
    thread_ = std::thread([this] { Pass(); });
  }

  // Whoever waits for it sees its connection end.
  ~StillServer() {
    ended_ = true;
    thread_.join();
    for (const int file : {listener_, behind_, client_.load()}) close(file);
  }

  void StandStill() { still_ = true; }

 private:
  void Pass() {
    client_ = accept(listener_, nullptr, nullptr);
    while (!ended_) {
      if (still_) {
        absl::SleepFor(absl::Milliseconds(5));
        continue;
      }
      std::array<pollfd, 2> files = {pollfd{client_, POLLIN, 0}, pollfd{behind_, POLLIN, 0}};
      if (poll(files.data(), files.size(), 5) <= 0) continue;
      for (size_t i = 0; i < files.size(); ++i) {
        if (files[i].revents == 0) continue;
        std::array<char, 65536> bytes = {};
        const ssize_t got = read(files[i].fd, bytes.data(), bytes.size());
        if (got <= 0) return;
        EXPECT_EQ(write(files[1 - i].fd, bytes.data(), static_cast<size_t>(got)), got);
      }
    }
  }

  const int listener_;
  const int behind_;
  std::atomic<int> client_{-1};
  std::atomic<bool> still_{false};
  std::atomic<bool> ended_{false};
  std::thread thread_;
};

constexpr Statement kSleep{"tests.sleep", "SELECT pg_sleep(60)"};

TEST(FrozenServer, HoldsUpNobodyBeyondHisDeadline) {
  const auto database = testing::PgDatabase::Empty("pgtest", {});
  const std::string directory = [] {
    std::string path = ::testing::TempDir() + "/still-XXXXXX";
    return std::string(mkdtemp(path.data()));
  }();
  const std::string name = absl::StrCat("/.s.PGSQL.", database->Superuser("SHOW port")[0]);
  auto server = std::make_unique<StillServer>(
      directory + name, database->Superuser("SHOW unix_socket_directories")[0] + name);
  auto connection = Connection::Open({.url = absl::StrCat(database->app_url(), " host=", directory),
                                      .application_name = "still",
                                      .on_statement = {}},
                                     absl::Now() + absl::Seconds(10));
  VSV_ASSERT_OK(connection);
  VSV_ASSERT_OK((*connection)->Command("SELECT 1", absl::Now() + absl::Seconds(10)));
  server->StandStill();
  std::future<absl::Status> outcome = std::async(std::launch::async, [&connection] {
    return (*connection)->Execute(kSleep, {}, absl::Now() + absl::Milliseconds(100)).status();
  });
  // The deadline, half a second for the statement to stop, and what a busy machine takes.
  EXPECT_EQ(outcome.wait_for(std::chrono::seconds(3)), std::future_status::ready);
  server.reset();
  EXPECT_FALSE(outcome.get().ok());
  EXPECT_FALSE((*connection)->Command("SELECT 1", absl::Now() + absl::Seconds(1)).ok());
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace vsv::pg
