#include "tests/faults/stage.h"

#include "libs/testing/free_port.h"
#include "tests/faults/write_sessions.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;  // NOLINT(readability-redundant-declaration): not in every header set

namespace vsv::faults {
namespace {

constexpr char kKeeperOin[] = "00000099000000001000";

[[noreturn]] void Abort(const std::string& why) {
  std::cerr << "tests/faults: " << why << std::endl;
  std::abort();
}

std::string NewDirectory(const std::string& name) {
  std::string path = absl::StrCat("/tmp/vsv-faults-", name, "-XXXXXX");
  if (mkdtemp(path.data()) == nullptr) Abort("no temporary directory");
  chmod(path.c_str(), 0755);  // PostgreSQL runs as another user
  return path;
}

}  // namespace

Cluster::Cluster() : directory_(NewDirectory("pg")) {
  const std::string exported = Run("start");
  // export VSV_TEST_PG='host=... port=... user=postgres'
  const size_t begin = exported.find('\'');
  const size_t end = exported.rfind('\'');
  if (begin == std::string::npos || end <= begin) Abort("the cluster did not start");
  setenv("VSV_TEST_PG", exported.substr(begin + 1, end - begin - 1).c_str(), /*replace=*/1);
}

Cluster::~Cluster() {
  Run("stop");
  std::filesystem::remove_all(directory_);
}

std::string Cluster::Run(const std::string& command) {
  const std::string line = absl::StrCat("deploy/dev/test_cluster.sh ", command, " ", directory_,
                                        " 2>>", directory_, "/test_cluster.log");
  FILE* pipe = popen(line.c_str(), "r");
  if (pipe == nullptr) Abort("test_cluster.sh cannot be run");
  std::string output;
  std::array<char, 4096> buffer = {};
  while (fgets(buffer.data(), static_cast<int>(buffer.size()), pipe) != nullptr)
    output += buffer.data();
  pclose(pipe);
  return output;
}

void Cluster::Kill() {
  Run("crash");
}

void Cluster::Restart() {
  Run("start");
}

PartnersProcess::PartnersProcess(const testing::PgDatabase& database)
    : directory_(NewDirectory("partners")),
      keeper_(pki_.IssueOrganisation(kKeeperOin)),
      port_(testing::FreePort()) {
  const char* build = std::getenv("VSV_BUILD_DIR");
  if (build == nullptr) Abort("VSV_BUILD_DIR is not set: the tests run built servers");
  const testing::KeyPair own = pki_.IssueService("partners");
  command_ = {absl::StrCat(build, "/bin/vsv-partners"),
              absl::StrCat("--listen_address=127.0.0.1:", port_),
              absl::StrCat("--database_url=", database.app_url()),
              absl::StrCat("--worker_database_url=", database.worker_url()),
              absl::StrCat("--tls_certificate=", Write("service.crt", own.certificate)),
              absl::StrCat("--tls_key=", Write("service.key", own.key)),
              absl::StrCat("--tls_ca=", Write("ca.crt", pki_.root())),
              absl::StrCat("--cursor_key_file=", Write("cursor.key", std::string(32, 'k'))),
              absl::StrCat("--register_keeper_oin=", kKeeperOin)};
  Start();
}

PartnersProcess::~PartnersProcess() {
  Kill();
  std::filesystem::remove_all(directory_);
}

std::string PartnersProcess::Write(const std::string& name, const std::string& content) {
  std::string path = absl::StrCat(directory_, "/", name);
  std::ofstream(path, std::ios::binary) << content;
  chmod(path.c_str(), 0600);
  return path;
}

void PartnersProcess::Start() {
  const std::string log = absl::StrCat(directory_, "/log");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  std::vector<char*> argv;
  for (std::string& word : command_) argv.push_back(word.data());
  argv.push_back(nullptr);
  const int error = posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) Abort(absl::StrCat("cannot start ", command_[0], ": is it built?"));
}

void PartnersProcess::Kill() {
  if (pid_ <= 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

std::shared_ptr<grpc::Channel> PartnersProcess::KeeperChannel() {
  return InsistentChannel(absl::StrCat("localhost:", port_),
                          {pki_.root(), keeper_.certificate, keeper_.key});
}

bool PartnersProcess::AwaitServing() {
  const std::shared_ptr<grpc::Channel> channel = KeeperChannel();
  const absl::Time give_up = absl::Now() + absl::Seconds(60);
  while (absl::Now() < give_up) {
    if (channel->WaitForConnected(absl::ToChronoTime(absl::Now() + absl::Milliseconds(500))))
      return true;
    // It ends when the database is not there yet; a supervisor would start it again.
    if (pid_ <= 0 || waitpid(pid_, nullptr, WNOHANG) == pid_) Start();
  }
  std::cerr << std::ifstream(absl::StrCat(directory_, "/log")).rdbuf();
  return false;
}

}  // namespace vsv::faults
