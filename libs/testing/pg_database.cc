#include "libs/testing/pg_database.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

extern char** environ;  // NOLINT(readability-redundant-declaration): not in every header set

namespace vsv::testing {
namespace {

[[noreturn]] void Abort(const std::string& why) {
  std::fprintf(stderr, "libs/testing: %s\n", why.c_str());
  std::abort();
}

std::string Cluster() {
  const char* cluster = std::getenv("VSV_TEST_PG");
  if (cluster == nullptr || *cluster == '\0') {
    Abort(
        "VSV_TEST_PG is not set; run: eval \"$(deploy/dev/test_cluster.sh start "
        "/tmp/vsv-test-pg)\"");
  }
  return cluster;
}

// Later settings of a conninfo win over earlier ones.
std::string Url(absl::string_view database, absl::string_view user) {
  return absl::StrCat(Cluster(), " dbname=", database, user.empty() ? "" : " user=", user);
}

struct Answer {
  std::string sqlstate;  // "" when it went well
  std::string message;
  std::vector<std::string> rows;
};

Answer RunSql(const std::string& url, const std::string& sql) {
  std::unique_ptr<PGconn, decltype(&PQfinish)> conn(PQconnectdb(url.c_str()), PQfinish);
  if (PQstatus(conn.get()) != CONNECTION_OK)
    Abort(absl::StrCat("no connection: ", PQerrorMessage(conn.get())));
  PQsetNoticeProcessor(
      conn.get(), [](void*, const char*) {}, nullptr);
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(conn.get(), sql.c_str()),
                                                             PQclear);
  Answer answer;
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
    answer.sqlstate = state == nullptr ? "?????" : state;
    answer.message = PQerrorMessage(conn.get());
    return answer;
  }
  for (int row = 0; row < PQntuples(result.get()); ++row) {
    std::vector<std::string> cells;
    for (int column = 0; column < PQnfields(result.get()); ++column) {
      cells.emplace_back(PQgetvalue(result.get(), row, column));
    }
    answer.rows.push_back(absl::StrJoin(cells, "|"));
  }
  return answer;
}

void MustRun(const std::string& url, const std::string& sql) {
  const Answer answer = RunSql(url, sql);
  if (!answer.sqlstate.empty()) Abort(absl::StrCat(sql, ": ", answer.message));
}

std::string UniqueName(absl::string_view stem) {
  static std::atomic<int> counter{0};
  return absl::StrCat("test_", stem, "_", getpid(), "_", ++counter);
}

// Roles belong to the cluster and test binaries run side by side; the lock makes one of them create
// each.
void MakeRole(const std::string& role) {
  MustRun(Url("postgres", ""),
          absl::StrCat("BEGIN; SELECT pg_advisory_xact_lock(7454); DO $$ BEGIN IF NOT EXISTS "
                       "(SELECT FROM pg_roles "
                       "WHERE rolname = '",
                       role, "') THEN CREATE ROLE ", role, " LOGIN; END IF; END $$; COMMIT"));
}

}  // namespace

PgDatabase::PgDatabase(std::string name, std::string role_prefix)
    : name_(std::move(name)),
      role_prefix_(std::move(role_prefix)),
      app_(std::make_unique<pg::Pool>(pg::PoolOptions{app_url(), 8, "test-app", nullptr, nullptr})),
      worker_(std::make_unique<pg::Pool>(
          pg::PoolOptions{worker_url(), 8, "test-worker", nullptr, nullptr})) {}

std::string PgDatabase::UrlOf(absl::string_view role_suffix) const {
  return Url(name_, absl::StrCat(role_prefix_, role_suffix));
}

std::string PgDatabase::superuser_url() const {
  return Url(name_, "");
}

std::unique_ptr<PgDatabase> PgDatabase::OfService(absl::string_view service) {
  std::unique_ptr<PgDatabase> database(
      new PgDatabase(UniqueName(service), absl::StrCat("vsv_", service)));
  MustRun(Url("postgres", ""), absl::StrCat("CREATE DATABASE ", database->name_, " TEMPLATE tpl_",
                                            service, " OWNER vsv_", service, "_owner"));
  return database;
}

std::unique_ptr<PgDatabase> PgDatabase::Empty(absl::string_view name,
                                              const std::vector<std::string>& sql_files) {
  std::unique_ptr<PgDatabase> database(
      new PgDatabase(UniqueName(name), absl::StrCat("vsv_", name)));
  for (const char* suffix : {"_owner", "_app", "_worker"})
    MakeRole(absl::StrCat(database->role_prefix_, suffix));
  MustRun(Url("postgres", ""), absl::StrCat("CREATE DATABASE ", database->name_, " OWNER ",
                                            database->role_prefix_, "_owner"));
  // Since PostgreSQL 15 the schema public belongs to the owner of the database, so no GRANT is
  // needed for it.
  for (const std::string& file : sql_files) {
    if (!database->ApplyFile(file)) Abort(absl::StrCat(file, " does not apply"));
  }
  return database;
}

PgDatabase::~PgDatabase() {
  app_.reset();
  worker_.reset();
  const Answer answer =
      RunSql(Url("postgres", ""), absl::StrCat("DROP DATABASE ", name_, " WITH (FORCE)"));
  if (!answer.sqlstate.empty()) std::fprintf(stderr, "libs/testing: %s\n", answer.message.c_str());
}

bool PgDatabase::ApplyFile(const std::string& path) {
  const std::string app = absl::StrCat("app=", role_prefix_, "_app");
  const std::string worker = absl::StrCat("worker=", role_prefix_, "_worker");
  const std::string url = owner_url();
  const std::vector<const char*> words = {
      "psql", "-X",        "-q", "-1",           "-v", "ON_ERROR_STOP=1", "-o", "/dev/null",
      "-v",   app.c_str(), "-v", worker.c_str(), "-d", url.c_str(),       "-f", path.c_str()};
  std::vector<char*> argv;
  for (const char* word : words)
    argv.push_back(const_cast<char*>(word));  // NOLINT: posix_spawn's old signature
  argv.push_back(nullptr);
  pid_t child = 0;
  if (posix_spawnp(&child, "psql", nullptr, nullptr, argv.data(), environ) != 0)
    Abort("psql cannot be started");
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::vector<std::string> PgDatabase::Superuser(const std::string& sql) {
  Answer answer = RunSql(superuser_url(), sql);
  if (!answer.sqlstate.empty()) Abort(absl::StrCat(sql, ": ", answer.message));
  return std::move(answer.rows);
}

}  // namespace vsv::testing
