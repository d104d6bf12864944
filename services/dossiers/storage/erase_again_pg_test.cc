// Erased stays erased: however a server ends, and whatever is restored.
#include "services/dossiers/storage/erase_again.h"

#include "libs/testing/status_matchers.h"
#include "services/dossiers/storage/erasure_keeping_store.h"
#include "services/dossiers/storage/test_world.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/resource.h>
#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;

class EraseAgainTest : public ::testing::Test {
 protected:
  EraseAgainTest() { Reopen(); }

  ~EraseAgainTest() override { std::filesystem::remove_all(directory_); }

  // As a server that starts: the register read afresh.
  void Reopen() {
    register_.reset();
    auto opened = ErasureRegister::Open(directory_, world_.keys());
    ASSERT_THAT(opened, IsOk());
    register_ = *std::move(opened);
  }

  int64_t Start() {
    Reopen();
    const auto again = EraseAgain(world_.db().worker(), *register_, world_.keys(), clock_);
    EXPECT_THAT(again, IsOk());
    return again.value_or(-1);
  }

  absl::StatusOr<DossierRow> EraseAndKeep(const MutateCommand& command) {
    ErasureKeepingStore store(world_.store(), *register_, world_.keys());
    return store.Mutate({command}).front();
  }

  int64_t Count(const std::string& from) {
    return std::stoll(world_.db().Superuser("SELECT count(*) FROM " + from).front());
  }

  // Copies of what the database holds of everybody, and those copies brought back over what is
  // there now: a restore by hand, which no program of ours knows of.
  void Backup() {
    for (const char* table : kTables)
      world_.db().Superuser(
          absl::StrCat("CREATE TABLE backup.", table, " AS TABLE ", table, "; SELECT 1"));
  }

  void RestoreByHand() {
    for (const char* table : kTables) {
      world_.db().Superuser(absl::StrCat("INSERT INTO ", table, " SELECT * FROM backup.", table,
                                         " ON CONFLICT DO NOTHING; SELECT 1"));
    }
  }

  static constexpr const char* kTables[] = {
      "pupils",       "dossiers", "dossier_sections", "dossier_parties",     "person_views",
      "applications", "consents", "warm_handovers",   "warm_handover_texts", "first_year_outcomes",
      "subject_keys"};

  TestWorld world_;
  base::SystemClock clock_;
  const std::string directory_ = [] {
    std::string path = ::testing::TempDir() + "/erase-again-XXXXXX";
    return std::string(mkdtemp(path.data()));
  }();
  std::unique_ptr<ErasureRegister> register_;
};

TEST_F(EraseAgainTest, WhatABackupBringsBackIsErasedBeforeAnybodySeesIt) {
  world_.db().Superuser("CREATE SCHEMA backup; SELECT 1");
  const DossierId erased = world_.Sent("999900001").dossier.id;
  const DossierId kept = world_.Sent("999900002").dossier.id;
  VSV_ASSERT_OK(world_.Get(world_.As("mbo"), erased));
  Backup();
  VSV_ASSERT_OK(EraseAndKeep(world_.Erasing(world_.As("school"), erased)));
  for (const bool table_too : {false, true}) {
    RestoreByHand();
    if (table_too) world_.db().Superuser("DELETE FROM erasures; SELECT 1");
    ASSERT_THAT(world_.Get(world_.As("school"), erased), IsOk()) << "the restore brought it back";
    EXPECT_EQ(Start(), 1);
    EXPECT_THAT(world_.Get(world_.As("school"), erased), HasReason("DOSSIER_NOT_FOUND"));
    EXPECT_THAT(world_.Get(world_.As("school"), kept), IsOk());
    EXPECT_EQ(Count("pupils"), 1);
    EXPECT_EQ(Count("dossier_sections"), 7);
    EXPECT_EQ(Count(absl::StrCat("subject_keys WHERE subject_id = '", erased.value(), "'")), 0);
    EXPECT_EQ(Count("erasures"), 1);
    EXPECT_EQ(Start(), 0);
  }
  EXPECT_EQ(Count("audit_entries WHERE processing_activity = 'wissing-na-terugzetten' AND "
                  "organisation_id = 'vsv-dossiers'"),
            2);
  EXPECT_GE(Count("recalls WHERE reason = 'ERASED' AND holder_organisation_id = 'mbo'"), 1);
}

TEST_F(EraseAgainTest, ACrashBetweenCommitAndRegisterIsMadeUpForAtTheNextStart) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const MutateCommand erase = world_.Erasing(world_.As("school"), id);
  VSV_ASSERT_OK(world_.store().Mutate({erase}).front());  // committed, and then the server ended
  EXPECT_THAT(register_->All(), IsEmpty());
  EXPECT_EQ(Start(), 0);
  ASSERT_THAT(register_->All(), SizeIs(1));
  EXPECT_EQ(register_->All()[0].dossier_hash, world_.keys().HashErased(world_.region, id));
  EXPECT_EQ(register_->All()[0].erased_at, erase.asker.now);
}

TEST_F(EraseAgainTest, ARegisterThatWasLostIsMadeAnewFromTheDatabase) {
  for (int i = 1; i <= 3; ++i) {
    const DossierId id = world_.Create(absl::StrCat("99990000", i)).dossier.id;
    VSV_ASSERT_OK(EraseAndKeep(world_.Erasing(world_.As("school"), id)));
  }
  std::filesystem::remove(directory_ + "/erasures");
  EXPECT_EQ(Start(), 0);
  EXPECT_THAT(register_->All(), SizeIs(3));
}

TEST_F(EraseAgainTest, IsAcknowledgedOnlyWhenTheRegisterHasItToo) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const MutateCommand erase = world_.Erasing(world_.As("school"), id);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit old = {};
  getrlimit(RLIMIT_FSIZE, &old);
  rlimit full = old;
  full.rlim_cur = std::filesystem::file_size(directory_ + "/erasures") + 30;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
  const absl::StatusOr<DossierRow> unknown = EraseAndKeep(erase);
  const absl::StatusOr<DossierRow> still_unknown = EraseAndKeep(erase);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &old), 0);
  EXPECT_THAT(unknown, HasReason("OUTCOME_UNKNOWN"));
  EXPECT_THAT(still_unknown, HasReason("OUTCOME_UNKNOWN")) << "the repeat waits for it too";
  EXPECT_THAT(register_->All(), IsEmpty());
  const absl::StatusOr<DossierRow> done = EraseAndKeep(erase);
  VSV_ASSERT_OK(done);
  EXPECT_EQ(ErasedAt(done->made), erase.asker.now);
  EXPECT_THAT(register_->All(), SizeIs(1));
}

TEST_F(EraseAgainTest, ValidationsAndRefusalsLeaveNothingInTheRegister) {
  const DossierId id = world_.Sent("999900001").dossier.id;
  MutateCommand validated = world_.Erasing(world_.As("school"), id);
  validated.validate_only = true;
  VSV_EXPECT_OK(EraseAndKeep(validated));
  EXPECT_THAT(EraseAndKeep(world_.Erasing(world_.As("mbo"), id)), HasReason("ROLE_REQUIRED"));
  EXPECT_THAT(register_->All(), IsEmpty());
  EXPECT_EQ(Count("dossiers"), 1);
}

TEST_F(EraseAgainTest, FindsItAmongMoreThanAChunkAndInItsOwnRegionAlone) {
  const DossierId id = world_.Create("999900001").dossier.id;
  world_.db().Superuser(
      "INSERT INTO dossiers SELECT region_id, gen_random_uuid(), pupil_id, version, 'WITHDRAWN', "
      "state_times, origin, finality, is_late_entrant, delivering_organisation_id, "
      "receiving_organisation_id, responsible_organisation_id, municipality_of_residence, "
      "has_start_qualification, school_year, due_on, birth_on, rejection_reason, rejection_note, "
      "created_at, updated_at FROM dossiers, generate_series(1, 20001); SELECT 1");
  // The same id in another region is another dossier.
  VSV_ASSERT_OK(register_->Keep({{RegionId("19"), world_.keys().HashErased(RegionId("19"), id),
                                  clock_.Now(), ErasureGround::kRequest}}));
  EXPECT_EQ(Start(), 0);
  VSV_ASSERT_OK(register_->Keep({{world_.region, world_.keys().HashErased(world_.region, id),
                                  clock_.Now(), ErasureGround::kRequest}}));
  EXPECT_EQ(Start(), 1);
  EXPECT_EQ(Count("dossiers"), 20001);
  EXPECT_EQ(Count(absl::StrCat("dossiers WHERE id = '", id.value(), "'")), 0);
}

}  // namespace
}  // namespace vsv::dossiers
