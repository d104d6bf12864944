// What the fault tests play on: a PostgreSQL cluster and a server of their own, both of which can
// be killed.
#pragma once

#include "libs/testing/pg_database.h"
#include "libs/testing/test_pki.h"

#include "grpcpp/channel.h"

#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

namespace vsv::faults {

// A private cluster in a directory of its own. Aborts the test when it cannot be had.
class Cluster {
 public:
  Cluster();
  // Stops it and removes its directory.
  ~Cluster();
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  // kill -9 of the postmaster and all its children.
  void Kill();
  // Starts it again; it recovers by itself.
  void Restart();

 private:
  // Runs deploy/dev/test_cluster.sh and gives what it printed.
  std::string Run(const std::string& command);
  std::string directory_;
};

// vsv-partners as a process, on a port that stays the same over restarts.
class PartnersProcess {
 public:
  // `database` outlives the process. Starts it.
  explicit PartnersProcess(const testing::PgDatabase& database);
  // kill -9.
  ~PartnersProcess();
  PartnersProcess(const PartnersProcess&) = delete;
  PartnersProcess& operator=(const PartnersProcess&) = delete;

  // kill -9, without a warning.
  void Kill();
  void Start();
  // Waits until it serves, and starts it again when it has ended, as a supervisor does. False when
  // it does not within a minute; its log is then on standard error.
  bool AwaitServing();
  // A channel of its own, as the keeper of the register.
  std::shared_ptr<grpc::Channel> KeeperChannel();

 private:
  std::string Write(const std::string& name, const std::string& content);

  std::string directory_;
  testing::TestPki pki_;
  testing::KeyPair keeper_;
  int port_;
  std::vector<std::string> command_;
  pid_t pid_ = -1;
};

}  // namespace vsv::faults
