// What the tests of the seal on PostgreSQL share: a database with a trail, somebody who appends to
// it, and a sealer.
#pragma once

#include "libs/audit/audit.h"
#include "libs/audit/sealer.h"
#include "libs/audit/testing_audit.h"
#include "libs/base/status_macros.h"
#include "libs/pg/pool.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vsv::audit {

class TrailTest : public ::testing::Test {
 protected:
  static absl::Time Soon() { return absl::Now() + absl::Seconds(30); }

  static Entry Act(const std::string& method, const std::vector<std::string>& subjects) {
    Entry entry;
    entry.region = "16";
    entry.recorded_at = absl::Now();
    entry.method = method;
    entry.resource_kind = "DOSSIER";
    entry.organisation_id = entry.acting_organisation_id = "roc-midden-nederland";
    entry.purpose = "TRANSITION";
    entry.processing_activity = "doorstroomdossier-vo-mbo";
    entry.categories = {"ADMINISTRATIVE", "CAREER"};
    entry.trace_id = "0af7651916cd43dd8448eb211c80319c";
    entry.subject_ids = subjects;
    return entry;
  }

  absl::Status InApp(const std::function<absl::Status(pg::Transaction&)>& body) {
    return pg::RunInTransaction(database_->app(), pg::Mode::kReadWrite, Soon(), {}, body);
  }

  absl::Status InWorker(const std::function<absl::Status(pg::Transaction&)>& body) {
    return pg::RunInTransaction(database_->worker(), pg::Mode::kReadWrite, Soon(), {}, body);
  }

  void Write(int count, const std::string& method = "act") {
    for (int i = 0; i < count; ++i) {
      VSV_ASSERT_OK(InApp([&](pg::Transaction& tx) {
        return Append(tx, {Act(absl::StrCat(method, i), {absl::StrCat("subject-", i % 3)})});
      }));
    }
  }

  Sealer OpenSealer(int64_t portion = 10000) const {
    return *Sealer::Open({.service = "dossiers",
                          .key_file = key_file_,
                          .directory = outside_.path(),
                          .portion = portion});
  }

  // Seals all there is, and keeps its checkpoints outside.
  absl::Status SealAll(const Sealer& sealer) {
    int64_t done = 1;
    while (done > 0) {
      VSV_RETURN_IF_ERROR(InWorker([&](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(done, sealer.Seal(tx));
        return absl::OkStatus();
      }));
    }
    return Keep(sealer);
  }

  absl::Status Keep(const Sealer& sealer) {
    return InWorker([&](pg::Transaction& tx) { return sealer.KeepOutside(tx).status(); });
  }

  // The database as it is, for RollBack to bring back: what a restore to this moment does.
  void Remember() {
    for (const char* table : kTables) {
      database_->Superuser(absl::StrCat("DROP TABLE IF EXISTS kept_", table, "; CREATE TABLE kept_",
                                        table, " AS TABLE ", table));
    }
  }

  void RollBack() {
    database_->Superuser(absl::StrCat("TRUNCATE ", absl::StrJoin(kTables, ", ")));
    for (const char* table : kTables) {
      database_->Superuser(absl::StrCat("INSERT INTO ", table, " TABLE kept_", table));
    }
  }

  // After a restore, as --begin_epoch does.
  absl::Status BeginTrail(const Sealer& sealer) {
    VSV_RETURN_IF_ERROR(InWorker([&](pg::Transaction& tx) { return sealer.BeginTrail(tx); }));
    return Keep(sealer);
  }

  // A single value of SQL beyond every wall.
  std::string Value(const std::string& sql) { return database_->Superuser(sql).at(0); }

  int64_t Number(const std::string& sql) { return std::stoll(Value(sql)); }

  // Ids of entries in the order of their leaves.
  std::vector<std::string> Leaves() {
    return database_->Superuser(
        "SELECT t.id FROM audit_segments s, unnest(s.entry_ids) WITH ORDINALITY AS t (id, n) "
        "ORDER BY s.first_leaf + t.n");
  }

  static constexpr std::array<const char*, 5> kTables = {"audit_entries", "audit_entry_subjects",
                                                         "audit_trail", "audit_segments",
                                                         "audit_checkpoints"};

  std::unique_ptr<testing::PgDatabase> database_ = testing::PgDatabase::Empty(
      "audittest", {"libs/audit/migrations/audit.sql", "libs/audit/migrations/seal.sql"});
  Directory directory_;
  Directory outside_;
  std::string key_file_ = directory_.Write("audit_key", kPrivateKey);
};

}  // namespace vsv::audit
