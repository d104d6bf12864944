#include "libs/audit/verify.h"

#include "libs/audit/leaf.h"
#include "libs/audit/testing_trail.h"
#include "libs/audit/trail_export.h"

#include "gmock/gmock.h"

#include <cstdlib>
#include <set>

namespace vsv::audit {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using vsv::testing::IsOk;

class VerifyTest : public TrailTest {
 protected:
  void SetUp() override {
    for (int portion = 0; portion < 3; ++portion) {
      Write(6, absl::StrCat("portion-", portion, "-"));
      VSV_ASSERT_OK(SealAll(sealer_));
    }
    Write(2, "unsealed-");
    EXPECT_THAT(Faults(), ElementsAre());
  }

  void Export() {
    const std::string command = absl::StrCat("psql -X -q -d \"", database_->owner_url(),
                                             "\" -v service=dossiers -v dir=", exported_.path(),
                                             " -f libs/audit/export/export.sql");
    ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT(concurrency-mt-unsafe)
  }

  // What a third party finds that has the export, the public key and, if not told otherwise, what
  // was kept outside.
  Report Verified(bool with_kept = true) {
    Export();
    VerifyOptions options;
    options.directory = exported_.path();
    options.public_keys = {TestKey().public_key()};
    if (with_kept) options.kept = outside_.path() + "/dossiers.checkpoints";
    const absl::StatusOr<Report> report = VerifyTrail(options);
    EXPECT_THAT(report, IsOk());
    last_text_ = report.ok() ? report->Text() : "";
    return report.value_or(Report());
  }

  std::set<std::string> Faults(bool with_kept = true) {
    std::set<std::string> faults;
    for (const Finding& finding : Verified(with_kept).findings)
      faults.insert(NameOf(finding.fault));
    return faults;
  }

  // Beyond every wall, as whoever owns the machine can.
  void Tamper(const std::string& sql) { database_->Superuser(sql); }

  std::string Leaf(int index) { return Leaves().at(static_cast<size_t>(index)); }

  std::string Where(const std::string& id) { return " WHERE id = '" + id + "'"; }

  Sealer sealer_ = OpenSealer(4);
  Directory exported_;
  std::string last_text_;
};

TEST_F(VerifyTest, AnUntouchedTrailVerifies) {
  const Report report = Verified();
  EXPECT_EQ(report.leaves, 18);
  EXPECT_EQ(report.unsealed, 2);
  EXPECT_EQ(report.checkpoints, 7);
  EXPECT_EQ(report.kept, 7);
  EXPECT_THAT(last_text_, ::testing::EndsWith("\nVERIFIED\n"));
  EXPECT_TRUE(Verified(false).verifies());
}

TEST_F(VerifyTest, FindsWhicheverColumnOfAnEntryWasChanged) {
  const std::string id = Leaf(7);
  for (const absl::string_view column : kEntryColumns) {
    if (column == "id" || column == "region_id") continue;  // a foreign key holds them
    const std::string change = column == "recorded_at" ? "recorded_at + interval '1 microsecond'"
                               : column == "transaction_id" ? "transaction_id - 1"
                               : column == "categories"     ? "ARRAY['ADMINISTRATIVE,CAREER']"
                               : column == "outcome"        ? "'REFUSED'"
                               : column == "user_id"        ? "''"
                                                     : absl::StrCat(std::string(column), " || 'x'");
    Tamper(absl::StrCat("DROP TABLE IF EXISTS original; CREATE TABLE original AS SELECT ",
                        std::string(column), " AS was FROM audit_entries", Where(id),
                        "; UPDATE audit_entries SET ", std::string(column), " = ", change,
                        Where(id)));
    EXPECT_THAT(Faults(), ElementsAre("ENTRY_CHANGED")) << column;
    EXPECT_THAT(last_text_, ::testing::HasSubstr(id));
    Tamper(absl::StrCat("UPDATE audit_entries SET ", std::string(column),
                        " = (SELECT was FROM original)", Where(id)));
  }
  EXPECT_THAT(Faults(), ElementsAre());
}

TEST_F(VerifyTest, FindsAnEntryInAnotherRegion) {
  const std::string id = Leaf(7);
  Tamper("ALTER TABLE audit_entry_subjects DROP CONSTRAINT audit_entry_subjects_entry_fkey");
  Tamper("UPDATE audit_entries SET region_id = '19'" + Where(id));
  EXPECT_THAT(Faults(), Contains("ENTRY_CHANGED"));
}

TEST_F(VerifyTest, FindsThatAnEntryIsAboutSomebodyElse) {
  const std::string entry = " WHERE entry_id = '" + Leaf(3) + "'";
  Tamper("UPDATE audit_entry_subjects SET subject_hash = sha256('x')" + entry);
  EXPECT_THAT(Faults(), ElementsAre("SUBJECTS_CHANGED"));
  EXPECT_THAT(last_text_, ::testing::HasSubstr(Leaf(3)));
}

TEST_F(VerifyTest, FindsASubjectMoreOrLess) {
  Tamper("DELETE FROM audit_entry_subjects WHERE entry_id = '" + Leaf(3) + "'");
  Tamper("INSERT INTO audit_entry_subjects VALUES ('16', '" + Leaf(9) + "', sha256('x'))");
  EXPECT_THAT(Faults(), ElementsAre("SUBJECTS_CHANGED"));
  EXPECT_EQ(Verified().findings.size(), 2U);
}

TEST_F(VerifyTest, FindsARemovedEntry) {
  const std::string id = Leaf(11);
  Tamper("DELETE FROM audit_entry_subjects WHERE entry_id = '" + id + "'");
  Tamper("DELETE FROM audit_entries" + Where(id));
  EXPECT_THAT(Faults(), ElementsAre("ENTRY_REMOVED"));
  EXPECT_THAT(last_text_, ::testing::HasSubstr("entry " + id + ", leaf 11"));
}

TEST_F(VerifyTest, FindsAnEntryInsertedAmongThoseThatWereSealed) {
  const std::string copied =
      "INSERT INTO audit_entries (region_id, id, recorded_at, method, resource_kind, "
      "organisation_id, acting_organisation_id, purpose, processing_activity, categories, outcome, "
      "trace_id, transaction_id) SELECT ";
  const std::string rest =
      ", recorded_at, 'inserted', resource_kind, organisation_id, acting_organisation_id, purpose, "
      "processing_activity, categories, outcome, trace_id, transaction_id FROM audit_entries" +
      Where(Leaf(5));
  Tamper(copied + "region_id, gen_random_uuid()" + rest);
  EXPECT_THAT(Faults(), ElementsAre("ENTRY_INSERTED"));
  EXPECT_THAT(last_text_, ::testing::HasSubstr("inserted"));
  // With the id of a sealed one.
  Tamper(copied + "'19', id" + rest);
  EXPECT_THAT(Faults(), Contains("ENTRY_INSERTED"));
}

TEST_F(VerifyTest, FindsAnotherOrder) {
  Tamper(
      "UPDATE audit_segments SET entry_ids[1] = entry_ids[2], entry_ids[2] = entry_ids[1] WHERE "
      "first_leaf = 0");
  EXPECT_THAT(Faults(), ElementsAre("ORDER_CHANGED"));
  EXPECT_THAT(last_text_, ::testing::HasSubstr("stands at leaf 0 and was sealed as leaf 1"));
}

TEST_F(VerifyTest, FindsAnotherOrderOfEntriesAndDigestsToo) {
  Tamper(
      "UPDATE audit_segments SET entry_ids[1] = entry_ids[2], entry_ids[2] = entry_ids[1], digests "
      "= substr(digests, 65, 64) || substr(digests, 1, 64) || substr(digests, 129) WHERE "
      "first_leaf = 4");
  EXPECT_THAT(Faults(), ElementsAre("TREE_CHANGED"));
  EXPECT_THAT(last_text_, ::testing::HasSubstr("leaves 4 to 5 are not those"));
}

TEST_F(VerifyTest, FindsAnEntryThatWasChangedTogetherWithItsDigests) {
  Tamper("UPDATE audit_entries SET method = 'x'" + Where(Leaf(0)));
  // What an owner who knows the encoding would put there.
  Tamper(
      "UPDATE audit_segments s SET digests = u.digests || substr(s.digests, 65) FROM "
      "audit_unsealed(1, 1, '{}', 9000000000, '{}', 0, '', "
      "'00000000-0000-0000-0000-000000000000', 1) u WHERE first_leaf = 0");
  EXPECT_THAT(Faults(), ElementsAre("TREE_CHANGED"));
}

TEST_F(VerifyTest, FindsRemovedLeaves) {
  Tamper("DELETE FROM audit_segments WHERE first_leaf = 4");
  EXPECT_THAT(Faults(), IsSupersetOf({"LEAVES_MISSING", "ENTRY_INSERTED"}));
  EXPECT_THAT(last_text_, ::testing::HasSubstr("leaves 4 to 5"));
}

TEST_F(VerifyTest, FindsAForgedCheckpoint) {
  const absl::StatusOr<Checkpoint> genuine =
      ParseCheckpoint(Value("SELECT note FROM audit_checkpoints WHERE number = 4"));
  VSV_ASSERT_OK(genuine);
  Tamper("UPDATE audit_checkpoints SET note = '" +
         SignCheckpoint(*genuine, TestKey(kOtherPrivateKey)) + "' WHERE number = 4");
  EXPECT_THAT(Faults(), Contains("CHECKPOINT_FORGED"));
  EXPECT_THAT(last_text_, ::testing::HasSubstr("is not signed by the key of dossiers"));
  Tamper(
      "UPDATE audit_checkpoints SET note = 'nothing' || chr(10) || chr(10) || 'x' || chr(10) WHERE "
      "number = 4");
  EXPECT_THAT(Faults(), Contains("CHECKPOINT_FORGED"));
}

TEST_F(VerifyTest, FindsAMissingCheckpoint) {
  Tamper("DELETE FROM audit_checkpoints WHERE number = 3");
  EXPECT_THAT(Faults(false), ElementsAre("CHECKPOINT_MISSING"));
  Tamper("DELETE FROM audit_checkpoints WHERE number = 7");
  EXPECT_THAT(Faults(false), ElementsAre("CHECKPOINT_MISSING"));
  EXPECT_THAT(last_text_, ::testing::HasSubstr("leaves 16 to 17 have none"));
}

TEST_F(VerifyTest, FindsAnEndThatWasCutOffByWhatIsKnownOutside) {
  Remember();
  Write(3, "cut off");
  VSV_ASSERT_OK(SealAll(sealer_));
  RollBack();
  EXPECT_THAT(Faults(), IsSupersetOf({"CHECKPOINT_MISSING", "LEAVES_MISSING"}));
  // Nobody can tell who has the database alone.
  EXPECT_THAT(Faults(false), ElementsAre());
}

TEST_F(VerifyTest, FindsAHistoryThatWasSealedAnewEvenWithTheKey) {
  Tamper("UPDATE audit_entries SET purpose = 'RMC'" + Where(Leaf(2)));
  Tamper("TRUNCATE audit_trail, audit_segments, audit_checkpoints");
  const Directory elsewhere;
  const Sealer again =
      *Sealer::Open({.service = "dossiers", .key_file = key_file_, .directory = elsewhere.path()});
  VSV_ASSERT_OK(SealAll(again));
  EXPECT_THAT(Faults(false), ElementsAre());
  EXPECT_THAT(Faults(), IsSupersetOf({"CHECKPOINT_MISSING", "TREE_CHANGED"}));
}

TEST_F(VerifyTest, FindsATailThatWaitsTooLong) {
  Entry late = Act("late", {"s"});
  late.recorded_at = absl::Now() - absl::Minutes(6);
  VSV_ASSERT_OK(InApp([&](pg::Transaction& tx) { return Append(tx, {late}); }));
  EXPECT_THAT(Faults(), ElementsAre("TAIL_TOO_OLD"));
  EXPECT_THAT(last_text_, ::testing::HasSubstr("3 entries, the oldest for 6m"));
}

TEST_F(VerifyTest, AnErasedSubjectLeavesATrailThatVerifies) {
  VSV_ASSERT_OK(InWorker([&](pg::Transaction& tx) { return EraseSubject(tx, "16", "subject-1"); }));
  EXPECT_THAT(Faults(), ElementsAre());
  Write(1, "after");
  VSV_ASSERT_OK(SealAll(sealer_));
  EXPECT_THAT(Faults(), ElementsAre());
}

TEST_F(VerifyTest, ARestoreIsAcceptedAndItsLossTold) {
  Remember();
  Write(3, "lost");
  VSV_ASSERT_OK(SealAll(sealer_));
  RollBack();
  VSV_ASSERT_OK(BeginTrail(sealer_));
  Write(4, "after");
  VSV_ASSERT_OK(SealAll(sealer_));
  Report report = Verified();
  EXPECT_TRUE(report.verifies()) << last_text_;
  ASSERT_EQ(report.restores.size(), 1U);
  EXPECT_EQ(report.restores[0].size, 18);
  // The three and the two that were unsealed in what was remembered.
  EXPECT_EQ(report.restores[0].lost, 5);
  EXPECT_EQ(report.leaves, 24);

  // A second one, to before the first.
  RollBack();
  VSV_ASSERT_OK(BeginTrail(sealer_));
  VSV_ASSERT_OK(SealAll(sealer_));
  report = Verified();
  EXPECT_TRUE(report.verifies()) << last_text_;
  EXPECT_EQ(report.restores.size(), 2U);
  EXPECT_EQ(report.restores[1].lost, 6);
}

TEST_F(VerifyTest, NoOtherForkIsAccepted) {
  Remember();
  Write(3, "unwanted");
  VSV_ASSERT_OK(SealAll(sealer_));
  RollBack();
  // A restore that says nothing of what was sealed since, because it did not look.
  const Directory elsewhere;
  const Sealer blind =
      *Sealer::Open({.service = "dossiers", .key_file = key_file_, .directory = elsewhere.path()});
  VSV_ASSERT_OK(BeginTrail(blind));
  VSV_ASSERT_OK(SealAll(blind));
  EXPECT_FALSE(Verified().verifies());
  // Also when the checkpoints of its trail are put behind the others.
  const std::string blindly = ReadWholeFile(elsewhere.path() + "/dossiers.checkpoints").value();
  std::string both = ReadWholeFile(outside_.path() + "/dossiers.checkpoints").value();
  const std::string begun = Value("SELECT trail_id FROM audit_trail");
  for (const absl::string_view note : SplitNotes(blindly)) {
    if (ParseCheckpoint(note)->head.trail == begun) absl::StrAppend(&both, note, "\n");
  }
  outside_.Write("dossiers.checkpoints", both);
  EXPECT_THAT(Faults(), Contains("FORK"));
}

TEST_F(VerifyTest, FindsThatNothingIsKeptOutsideAnyMore) {
  Write(1);
  VSV_ASSERT_OK(InWorker([&](pg::Transaction& tx) { return sealer_.Seal(tx).status(); }));
  EXPECT_THAT(Faults(), ElementsAre());  // of this moment
  Export();
  VerifyOptions options{.directory = exported_.path(),
                        .public_keys = {TestKey().public_key()},
                        .kept = outside_.path() + "/dossiers.checkpoints",
                        .max_unsealed_age = absl::ZeroDuration()};
  VSV_ASSERT_OK_AND_ASSIGN(const Report report, VerifyTrail(options));
  ASSERT_FALSE(report.verifies());
  EXPECT_EQ(report.findings[0].fault, Fault::kOutsideBehind);
}

}  // namespace
}  // namespace vsv::audit
