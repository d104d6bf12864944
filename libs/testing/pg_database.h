// Databases for tests, in the private cluster that VSV_TEST_PG names (deploy/dev/test_cluster.sh
// start DIR prints it).
#pragma once

#include "libs/pg/pool.h"
#include "libs/pg/transaction.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <memory>
#include <string>
#include <vector>

namespace vsv::testing {

// A database of its own, dropped at the end. Tests of any number of processes do not see each
// other. Everything here aborts the test binary with a message when the cluster is not as it must
// be: no test could say anything then.
class PgDatabase {
 public:
  // A clone of template tpl_<service>, which holds the deployed migrations of the service.
  static std::unique_ptr<PgDatabase> OfService(absl::string_view service);
  // An empty database with the roles vsv_<name>_{owner,app,worker}, to which `sql_files` (paths
  // from the repository's root) are applied in order by psql as the owner, with the variables app
  // and worker set: the convention of libs/pg/migrations. Without tests' own GRANTs app and worker
  // can do what those files say.
  static std::unique_ptr<PgDatabase> Empty(absl::string_view name,
                                           const std::vector<std::string>& sql_files);
  ~PgDatabase();
  PgDatabase(const PgDatabase&) = delete;
  PgDatabase& operator=(const PgDatabase&) = delete;

  const std::string& name() const { return name_; }

  // Connection strings, by role.
  std::string app_url() const { return UrlOf("_app"); }

  std::string worker_url() const { return UrlOf("_worker"); }

  std::string owner_url() const { return UrlOf("_owner"); }

  std::string superuser_url() const;

  // Pools of the two roles that a service uses, of 8 connections each that are opened when first
  // needed.
  pg::Pool& app() { return *app_; }

  pg::Pool& worker() { return *worker_; }

  // Applies one file (or SQL text) as the owner; also what a test uses to try revert and verify
  // scripts. False when psql failed; its output is on standard error.
  bool ApplyFile(const std::string& path);
  // Runs SQL as the superuser, beyond every wall, and gives the rows of its last statement: columns
  // by '|', in order.
  std::vector<std::string> Superuser(const std::string& sql);

 private:
  PgDatabase(std::string name, std::string role_prefix);
  std::string UrlOf(absl::string_view role_suffix) const;

  std::string name_;
  std::string role_prefix_;  // "vsv_dossiers"
  std::unique_ptr<pg::Pool> app_;
  std::unique_ptr<pg::Pool> worker_;
};

}  // namespace vsv::testing
