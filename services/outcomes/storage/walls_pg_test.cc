// What PostgreSQL itself holds up: the wall around pupils, the audit trail, and statements that can
// be prepared.
#include "libs/pg/transaction.h"
#include "libs/testing/status_matchers.h"
#include "services/outcomes/storage/cohort_subject_judge.h"
#include "services/outcomes/storage/statements.h"
#include "services/outcomes/testing/pg_backend.h"
#include "services/outcomes/testing/samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace vsv::outcomes {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using vsv::testing::HasReason;
using vsv::testing::IsOk;

class Walls : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_THAT(
        backend_.cohorts().CreateCohorts({{MutationBy("roc-a", 1), SampleCohort("romn")}})[0],
        IsOk());
    ASSERT_THAT(backend_.cohorts().ImportPupils(
                    {MutationBy("roc-a", 2), kName, {SamplePupil(1), SamplePupil(2)}}),
                IsOk());
  }

  int PupilsSeenBy(std::vector<std::string> callers) {
    static constexpr pg::Statement kAll{"test.all", "SELECT pupil_key FROM cohort_pupils"};
    int seen = -1;
    EXPECT_THAT(pg::RunInTransaction(backend_.database().app(), pg::Mode::kReadOnly, Soon(),
                                     {std::move(callers)},
                                     [&](pg::Transaction& tx) -> absl::Status {
                                       const auto rows = tx.Execute(kAll);
                                       if (rows.ok()) seen = rows->size();
                                       return rows.status();
                                     }),
                IsOk());
    return seen;
  }

  // Every entry: who, how it ended, and how many it names.
  std::vector<std::string> Trail() {
    return backend_.database().Superuser(
        "SELECT organisation_id, outcome, (SELECT count(*) FROM audit_entry_subjects s WHERE "
        "s.entry_id = e.id) FROM audit_entries e ORDER BY id");
  }

  const CohortName kName{"16", "romn"};
  PgBackend backend_;
};

TEST_F(Walls, WithoutAnyConditionAStatementShowsOwnPupilsAlone) {
  EXPECT_EQ(PupilsSeenBy({"roc-a"}), 2);
  EXPECT_EQ(PupilsSeenBy({"roc-b"}), 0);
  EXPECT_EQ(PupilsSeenBy({}), 0);
}

TEST_F(Walls, APupilOfAnotherInstitutionCannotBeWritten) {
  static constexpr pg::Statement kSteal{"test.steal",
                                        "UPDATE cohort_pupils SET institution_id = 'roc-b'"};
  const absl::Status status =
      pg::RunInTransaction(backend_.database().app(), pg::Mode::kReadWrite, Soon(), {{"roc-a"}},
                           [&](pg::Transaction& tx) { return tx.Execute(kSteal).status(); });
  EXPECT_FALSE(status.ok());
}

TEST_F(Walls, EveryReadAndWriteAndEveryRefusedTryIsInTheAuditTrail) {
  ASSERT_THAT(
      backend_.cohorts().ListDecisions({MutationBy("roc-a", 0).call, kName, std::nullopt, "", 1}),
      IsOk());
  ASSERT_THAT(
      backend_.cohorts().Count({MutationBy("roc-a", 0).call, kName, CountDimension::kLevel}),
      IsOk());
  ASSERT_THAT(
      backend_.cohorts().ListDecisions({MutationBy("roc-b", 0).call, kName, std::nullopt, "", 1}),
      HasReason("COHORT_NOT_FOUND"));
  EXPECT_THAT(Trail(), ElementsAre("roc-a|GRANTED|2", "roc-a|GRANTED|1", "roc-a|GRANTED|0",
                                   "roc-b|NOT_FOUND|0"));
  const auto import = [&](int request, const std::string& body, std::vector<CohortPupil> pupils) {
    return backend_.cohorts().ImportPupils(
        {MutationBy("roc-a", request, body), kName, std::move(pupils)});
  };
  const auto close = [&](int request, int64_t version, bool validate_only) {
    CloseCohortCommand command{MutationBy("roc-a", request), kName, version, 5};
    command.mutation.validate_only = validate_only;
    return backend_.cohorts().CloseCohorts({command})[0];
  };
  EXPECT_THAT(import(2, "other", {SamplePupil(1), SamplePupil(2), SamplePupil(3)}),
              HasReason("REQUEST_ID_REUSED"));
  EXPECT_THAT(close(10, 1, false), HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(close(11, 2, true), IsOk());
  EXPECT_THAT(close(12, 2, false), IsOk());
  EXPECT_THAT(close(12, 2, false), IsOk()) << "a repeat";
  EXPECT_THAT(close(13, 3, false), HasReason("COHORT_CLOSED"));
  EXPECT_THAT(import(14, "body", {SamplePupil(1), SamplePupil(4)}), HasReason("COHORT_CLOSED"));
  const std::vector<std::string> trail = Trail();
  EXPECT_THAT(
      std::vector(trail.begin() + 4, trail.end()),
      ElementsAre("roc-a|REFUSED|2", "roc-a|REFUSED|0", "roc-a|GRANTED|0", "roc-a|GRANTED|0",
                  "roc-a|GRANTED|0", "roc-a|REFUSED|0", "roc-a|REFUSED|1"));
  // Of a refused try the entry stays and nothing else: no pupil, no key of one, no request id.
  EXPECT_EQ(PupilsSeenBy({"roc-a"}), 2);
  EXPECT_THAT(backend_.database().Superuser("SELECT count(*) FROM subject_keys"), ElementsAre("2"));
  EXPECT_THAT(backend_.database().Superuser("SELECT right(request_id::text, 2) FROM "
                                            "request_records ORDER BY request_id"),
              ElementsAre("01", "02", "12"));
}

// What an import takes as a reference, the trail is asked by.
TEST_F(Walls, TheTrailOfEveryRecordThatCanBeImportedCanBeAskedFor) {
  CohortSubjectJudge judge;
  rpc::CallContext call;
  call.caller.organisation_id = "roc-a";
  const auto judged = [&](const std::string& reference) -> absl::StatusOr<audit::JudgedSubject> {
    absl::StatusOr<audit::JudgedSubject> subject;
    EXPECT_THAT(
        pg::RunInTransaction(backend_.database().app(), pg::Mode::kReadOnly, Soon(), {{"roc-a"}},
                             [&](pg::Transaction& tx) {
                               subject = judge.Judge(
                                   tx, call, "regions/16/cohorts/romn/records/" + reference);
                               return absl::OkStatus();
                             }),
        IsOk());
    return subject;
  };
  int number = 10;
  for (const std::string& reference :
       {std::string(64, 'a'), std::string("-1"), std::string("_x"), std::string(".records")}) {
    CohortPupil pupil = SamplePupil(number);
    pupil.record_reference = reference;
    ASSERT_THAT(backend_.cohorts().ImportPupils({MutationBy("roc-a", number++), kName, {pupil}}),
                IsOk());
    const auto subject = judged(reference);
    ASSERT_THAT(subject, IsOk()) << reference;
    EXPECT_TRUE(subject->may_read) << reference;
  }
  EXPECT_FALSE(judged("unknown")->may_read);
  EXPECT_THAT(judged(std::string(65, 'a')), HasReason("FIELD_INVALID"));
  EXPECT_THAT(judged("a/records/b"), HasReason("FIELD_INVALID"));
  EXPECT_THAT(judged(""), HasReason("FIELD_INVALID"));
}

TEST_F(Walls, WithoutTheAuditRowNothingIsDisclosed) {
  backend_.database().Superuser("REVOKE INSERT ON audit_entries FROM vsv_outcomes_app");
  EXPECT_FALSE(backend_.cohorts()
                   .ListDecisions({MutationBy("roc-a", 0).call, kName, std::nullopt, "", 1})
                   .ok());
  EXPECT_FALSE(
      backend_.cohorts().ImportPupils({MutationBy("roc-a", 3), kName, {SamplePupil(3)}}).ok());
  EXPECT_EQ(PupilsSeenBy({"roc-a"}), 2);
}

TEST_F(Walls, NoNumberOfAPupilIsStored) {
  EXPECT_THAT(backend_.database().Superuser(
                  "SELECT column_name FROM information_schema.columns "
                  "WHERE table_name = 'cohort_pupils' AND column_name ~ 'pgn|bsn|birth|name'"),
              IsEmpty());
}

// Such a table has all whom B decided taken out, so that who knows the others of B subtracts those
// who are exempted; and it says that nobody is folded.
TEST_F(Walls, ATableOfBeforeTheFoldedWereKeptTellsNothing) {
  const auto store = [&](const std::string& id, int year, int request, CohortPupil pupil) {
    ASSERT_THAT(backend_.cohorts().CreateCohorts(
                    {{MutationBy("roc-a", request), SampleCohort(id, year)}})[0],
                IsOk());
    ASSERT_THAT(backend_.cohorts().ImportPupils(
                    {MutationBy("roc-a", request + 1), {"16", id}, {std::move(pupil)}}),
                IsOk());
    backend_.database().Superuser(
        absl::StrCat("UPDATE cohorts SET state = 'CLOSED' WHERE id = '", id, "'"));
  };
  using enum CountOutcome;
  store("exempted", 2015, 10, SamplePupil(3, kAccountedFor, {CountCode::kC1, CountCode::kB3}));
  store("later", 2016, 20, SamplePupil(4, kAccountedFor, {CountCode::kC7}));
  store("nobody", 2017, 30, SamplePupil(5, kAccountedFor, {CountCode::kC1}));
  backend_.database().Superuser(
      "INSERT INTO cohort_publications VALUES ('16', 'exempted', 1, 'total', 40, 20, 0), "
      "('16', 'exempted', 2, 'mbo2', 40, 20, 0), ('16', 'exempted', 3, 'mbo3', NULL, NULL, NULL), "
      "('16', 'later', 1, 'total', 39, 20, 3), ('16', 'later', 2, 'mbo2', 39, 20, 3), "
      "('16', 'later', 3, 'mbo4', 30, 15, 0), ('16', 'nobody', 1, 'total', 42, 20, 0)");
  ASSERT_TRUE(
      backend_.database().ApplyFile("services/outcomes/migrations/deploy/published_untold.sql"));
  const auto cells = [&](const std::string& id) {
    std::vector<std::optional<ToldCell>> told;
    const auto table = backend_.cohorts().GetPublication({"16", id}, Soon());
    EXPECT_THAT(table, IsOk());
    for (const PublishedRow& row : *table) told.push_back(row.cell);
    return told;
  };
  EXPECT_THAT(cells("exempted"), ElementsAre(std::nullopt, std::nullopt, std::nullopt));
  EXPECT_THAT(cells("later"),
              ElementsAre(ToldCell{39, 42, 20}, ToldCell{39, 42, 20}, ToldCell{30, 30, 15}));
  EXPECT_THAT(cells("nobody"), ElementsAre(ToldCell{42, 42, 20}));
  EXPECT_TRUE(
      backend_.database().ApplyFile("services/outcomes/migrations/verify/published_untold.sql"));
  EXPECT_EQ(PupilsSeenBy({}), 0) << "the wall stands again";
}

TEST_F(Walls, EveryStatementCanBePrepared) {
  for (const pg::Statement* statement : sql::kAll) {
    const std::string text = statement->sql;
    backend_.database().Superuser("PREPARE s AS " + text);
  }
}

// Two imports of one cell at the same time follow each other: no version is lost and the history
// has no two last ones.
TEST_F(Walls, ImportsOfOneCellAtTheSameTimeFollowEachOther) {
  ASSERT_THAT(backend_.indicators().CreateIndicators(
                  {{MutationBy("keeper", 10), SampleIndicator("jaarresultaat")}})[0],
              IsOk());
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([this, i] {
      // Later versions may come first; then the earlier ones are refused by FIGURE_ORDER.
      const ImportFiguresCommand command{MutationBy("keeper", 100 + i),
                                         {SampleFigure("", 600 + i, i)}};
      EXPECT_THAT(backend_.figures().ImportFigures(command), IsOk());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(backend_.database().Superuser("SELECT 1 FROM figures WHERE superseded_at IS NULL"),
              SizeIs(1));
  EXPECT_THAT(
      backend_.database().Superuser("SELECT 1 FROM (SELECT superseded_at, lead(known_from_at) OVER "
                                    "(ORDER BY known_from_at) AS next FROM figures) "
                                    "AS f WHERE superseded_at IS DISTINCT FROM next"),
      IsEmpty());
}

}  // namespace
}  // namespace vsv::outcomes
