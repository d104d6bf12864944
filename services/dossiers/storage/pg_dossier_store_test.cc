#include "services/dossiers/storage/pg_dossier_store.h"

#include "libs/testing/one_etag.h"
#include "libs/testing/status_matchers.h"
#include "services/dossiers/domain/change.h"
#include "services/dossiers/domain/related_rules.h"
#include "services/dossiers/storage/same_rows.h"
#include "services/dossiers/storage/struck_stores.h"
#include "services/dossiers/storage/test_world.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <string>
#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;

// Changes nothing but the due date: enough to be a change.
Decide Postpone(int days) {
  return [days](const DossierRow& row) -> absl::StatusOr<DossierChange> {
    DossierChange change;
    change.dossier = row.dossier;
    change.dossier.due_on += days;
    change.operation = "TEST";
    return change;
  };
}

class PgDossierStoreTest : public ::testing::Test {
 protected:
  int64_t Count(const std::string& from) {
    return std::stoll(world_.db().Superuser("SELECT count(*) FROM " + from).front());
  }

  TestWorld world_;
};

TEST_F(PgDossierStoreTest, GivesBackAllThatWasWritten) {
  const CreateCommand command = world_.CreateCommandFor("999900001", "school");
  const absl::StatusOr<DossierRow> made = world_.store().Create({command}).front();
  VSV_ASSERT_OK(made);
  const absl::StatusOr<DossierRow> read = world_.Get(world_.As("school"), command.dossier.id);
  VSV_ASSERT_OK(read);
  EXPECT_EQ(read->granted, kAllCategories);
  EXPECT_EQ(read->pgn, "999900001");
  EXPECT_EQ(read->dossier.state, DossierState::kAInProgress);
  EXPECT_EQ(read->dossier.state_times, command.dossier.state_times);
  EXPECT_EQ(read->dossier.birth_on, command.dossier.birth_on);
  EXPECT_EQ(read->dossier.due_on, command.dossier.due_on);
  EXPECT_EQ(read->dossier.created_at, command.asker.now);
  EXPECT_EQ(read->dossier.version, 1);
  EXPECT_EQ(read->handover.state, HandoverState::kNeeded);
  ASSERT_THAT(read->sections, SizeIs(7));
  EXPECT_EQ(read->sections[0].document, "content of ADMINISTRATIVE");
}

TEST_F(PgDossierStoreTest, FindsThePupilOfAnEarlierDossierAndDoesNotSayWhich) {
  const DossierRow first = world_.Create("999900001", "school");
  const DossierRow other_school = world_.Create("999900001", "other-school");
  EXPECT_EQ(first.dossier.pupil, other_school.dossier.pupil);
  EXPECT_EQ(Count("pupils"), 1);
  EXPECT_EQ(Count("pupils WHERE position('999900001'::bytea IN pgn_sealed) > 0"), 0);
}

TEST_F(PgDossierStoreTest, RefusesASecondLiveDossierOfOneSchoolForThePupilAndYear) {
  world_.Create("999900001");
  EXPECT_THAT(world_.store().Create({world_.CreateCommandFor("999900001", "school")}).front(),
              HasReason("DOSSIER_EXISTS"));
  EXPECT_EQ(Count("request_records"), 1) << "the refused request may be repeated";
}

TEST_F(PgDossierStoreTest, OneRefusalInABatchDoesNotFailItsNeighbours) {
  world_.Create("999900001");
  const std::vector<CreateCommand> commands = {
      world_.CreateCommandFor("999900002", "school"),
      world_.CreateCommandFor("999900001", "school"),
      world_.CreateCommandFor("999900003", "other-school")};
  const auto verdicts = world_.store().Create(commands);
  EXPECT_THAT(verdicts[0], IsOk());
  EXPECT_THAT(verdicts[1], HasReason("DOSSIER_EXISTS"));
  EXPECT_THAT(verdicts[2], IsOk());
}

TEST_F(PgDossierStoreTest, RepeatedCreateAnswersTheDossierMadeBefore) {
  const CreateCommand command = world_.CreateCommandFor("999900001", "school");
  VSV_ASSERT_OK(world_.store().Create({command}).front());
  CreateCommand again = command;
  again.dossier.id = DossierId(world_.NewId());
  const absl::StatusOr<DossierRow> replay = world_.store().Create({again}).front();
  VSV_ASSERT_OK(replay);
  EXPECT_EQ(replay->dossier.id, command.dossier.id);
  EXPECT_EQ(Count("dossiers"), 1);
  EXPECT_EQ(Count("process_counts WHERE delta <> 1"), 0);
  again.request.body_hash = std::string(32, 'c');
  EXPECT_THAT(world_.store().Create({again}).front(), HasReason("REQUEST_ID_REUSED"));
}

TEST_F(PgDossierStoreTest, ValidateOnlyCreateWritesNothing) {
  CreateCommand command = world_.CreateCommandFor("999900001", "school");
  command.validate_only = true;
  const absl::StatusOr<DossierRow> judged = world_.store().Create({command}).front();
  VSV_ASSERT_OK(judged);
  EXPECT_EQ(judged->pgn, "999900001");
  EXPECT_EQ(Count("dossiers") + Count("pupils") + Count("request_records") + Count("feed_outbox"),
            0);
}

// A school cannot try the numbers of pupils without a trace.
TEST_F(PgDossierStoreTest, ValidateOnlyCreateLeavesItsAuditRowTheRefusedToo) {
  CreateCommand command = world_.CreateCommandFor("999900001", "school");
  command.validate_only = true;
  VSV_ASSERT_OK(world_.store().Create({command}).front());
  EXPECT_EQ(Count("audit_entries WHERE outcome = 'GRANTED'"), 1);
  EXPECT_EQ(Count("audit_entry_subjects") + Count("subject_keys"), 0) << "nobody was made";
  world_.Create("999900001");
  EXPECT_THAT(world_.store().Create({command}).front(), HasReason("DOSSIER_EXISTS"));
  EXPECT_EQ(Count("audit_entries WHERE outcome = 'REFUSED'"), 1);
  EXPECT_EQ(Count("audit_entry_subjects"), 1) << "that of the making";
}

TEST_F(PgDossierStoreTest, AbsentAndInvisibleAreAlikeToTheLetter) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const Asker stranger = world_.As("other-mbo");
  const absl::StatusOr<DossierRow> invisible = world_.Get(stranger, id);
  const absl::StatusOr<DossierRow> absent = world_.Get(stranger, DossierId(world_.NewId()));
  EXPECT_THAT(invisible, HasReason("DOSSIER_NOT_FOUND"));
  EXPECT_EQ(invisible.status(), absent.status());
}

TEST_F(PgDossierStoreTest, EveryReadLeavesItsAuditRowTheRefusedToo) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const int64_t before = Count("audit_entries");
  VSV_ASSERT_OK(world_.Get(world_.As("school"), id));
  EXPECT_THAT(world_.Get(world_.As("other-mbo"), id), HasReason("DOSSIER_NOT_FOUND"));
  EXPECT_EQ(Count("audit_entries"), before + 2);
  EXPECT_EQ(Count("audit_entries e JOIN audit_entry_subjects s ON s.entry_id = e.id WHERE "
                  "e.outcome = 'NOT_FOUND' AND e.organisation_id = 'other-mbo'"),
            1)
      << "the log knows whom the refused try was about";
}

TEST_F(PgDossierStoreTest, ABatchJudgesEachAskerByItself) {
  const DossierId own = world_.Create("999900001", "school").dossier.id;
  const DossierId other = world_.Create("999900002", "other-school").dossier.id;
  const Asker school = world_.As("school");
  const Asker other_school = world_.As("other-school");
  const auto verdicts = world_.store().Get({GetCommand{school, world_.region, own},
                                            GetCommand{school, world_.region, other},
                                            GetCommand{other_school, world_.region, own},
                                            GetCommand{other_school, world_.region, other}});
  EXPECT_THAT(verdicts[0], IsOk());
  EXPECT_THAT(verdicts[1], HasReason("DOSSIER_NOT_FOUND"));
  EXPECT_THAT(verdicts[2], HasReason("DOSSIER_NOT_FOUND"));
  EXPECT_THAT(verdicts[3], IsOk());
}

TEST_F(PgDossierStoreTest, ListsVisibleDossiersInOrderAndByPage) {
  std::vector<DossierId> made;
  for (int i = 0; i < 5; ++i) {
    made.push_back(world_.Create(absl::StrCat("99990000", i)).dossier.id);
  }
  world_.Create("999900009", "other-school");
  ListCommand command{world_.As("school"), world_.region, {}, std::nullopt, {.rows = 3}};
  VSV_ASSERT_OK_AND_ASSIGN(const Page<DossierRow> first, world_.store().List(command));
  ASSERT_THAT(first.rows, SizeIs(3));
  command.after = first.rows.back().dossier.id;
  VSV_ASSERT_OK_AND_ASSIGN(const Page<DossierRow> second, world_.store().List(command));
  ASSERT_THAT(second.rows, SizeIs(2));
  EXPECT_EQ(second.rows.back().dossier.id, made.back());
  command.after = std::nullopt;
  command.filter.state = DossierState::kSent;
  VSV_ASSERT_OK_AND_ASSIGN(const Page<DossierRow> sent, world_.store().List(command));
  EXPECT_THAT(sent.rows, IsEmpty());
}

TEST_F(PgDossierStoreTest, FillsAPageAcrossManyCandidatesThatAreNotGranted) {
  // Of 80 young people of the town only the first and the last have a school with an agreement.
  const DossierId first = world_.Create("999900001").dossier.id;
  std::vector<CreateCommand> others;
  for (int i = 0; i < 78; ++i) {
    others.push_back(world_.CreateCommandFor(absl::StrCat("9999001", 10 + i), "other-school"));
  }
  for (const auto& made : world_.store().Create(others)) VSV_ASSERT_OK(made);
  const DossierId last = world_.Create("999900002").dossier.id;
  const Asker town = world_.As("town", Purpose::kRmc);
  VSV_ASSERT_OK_AND_ASSIGN(
      const Page<DossierRow> page,
      world_.store().List({town, world_.region, {}, std::nullopt, {.rows = 2}}));
  ASSERT_THAT(page.rows, SizeIs(2));
  EXPECT_EQ(page.rows[0].dossier.id, first);
  EXPECT_EQ(page.rows[1].dossier.id, last);
}

TEST_F(PgDossierStoreTest, AStaleRegisterAnswersAlikeForEveryKey) {
  const DossierId id = world_.Create("999900001").dossier.id;
  // Of one that knows the future, too, nobody can say how old it is.
  for (const absl::Duration age : {absl::Minutes(1), -absl::Minutes(1)}) {
    world_.SetRegisterAge(age);
    EXPECT_THAT(world_.Get(world_.As("school"), id), HasReason("PROJECTION_STALE")) << age;
    EXPECT_THAT(world_.Get(world_.As("school"), DossierId(world_.NewId())),
                HasReason("PROJECTION_STALE"))
        << age;
    EXPECT_THAT(world_.store().List({world_.As("mbo"), world_.region, {}, std::nullopt, {}}),
                HasReason("PROJECTION_STALE"))
        << age;
    EXPECT_THAT(world_.Mutate(world_.As("school"), id, Postpone(1)), HasReason("PROJECTION_STALE"))
        << age;
  }
}

// Each of them fails in turn, and takes the others with it.
TEST_F(PgDossierStoreTest, AMutationIsOneTransactionOfEffectCountersAuditAndOutbox) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const Asker school = world_.As("school");
  const auto counted = [&school](const DossierRow& row) -> absl::StatusOr<DossierChange> {
    return WithCounts(row, school, *Postpone(1)(row));
  };
  const MutateCommand command = world_.Mutation(school, id, counted);
  const std::vector<std::string> parts = {
      "dossiers WHERE version = 2", "request_records", "process_counts", "audit_entries",
      "audit_entry_subjects",       "feed_outbox"};
  const auto counts = [&] {
    std::vector<int64_t> rows;
    for (const std::string& part : parts) rows.push_back(Count(part));
    return rows;
  };
  const std::vector<int64_t> before = counts();
  for (const std::string& part : parts) {
    const std::string table = part.substr(0, part.find(' '));
    world_.db().Superuser(absl::StrCat(
        "ALTER TABLE ", table, " ADD CONSTRAINT closed CHECK (region_id IS NULL) NOT VALID"));
    EXPECT_FALSE(world_.store().Mutate({command}).front().ok()) << table;
    EXPECT_EQ(counts(), before) << table;
    world_.db().Superuser(absl::StrCat("ALTER TABLE ", table, " DROP CONSTRAINT closed"));
  }
  VSV_ASSERT_OK(world_.store().Mutate({command}).front());
  const std::vector<int64_t> after = counts();
  for (size_t i = 0; i < parts.size(); ++i) EXPECT_GT(after[i], before[i]) << parts[i];
}

TEST_F(PgDossierStoreTest, RepeatedMutationIsDoneOnce) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const MutateCommand command = world_.Mutation(world_.As("school"), id, Postpone(1));
  VSV_ASSERT_OK(world_.store().Mutate({command}).front());
  const absl::StatusOr<DossierRow> replay = world_.store().Mutate({command}).front();
  VSV_ASSERT_OK(replay);
  EXPECT_EQ(replay->dossier.version, 2);
  MutateCommand other = command;
  other.request.body_hash = std::string(32, 'c');
  EXPECT_THAT(world_.store().Mutate({other}).front(), HasReason("REQUEST_ID_REUSED"));
}

TEST_F(PgDossierStoreTest, ARefusedMutationMayBeRepeatedWithTheSameRequestId) {
  const DossierId id = world_.Create("999900001").dossier.id;
  MutateCommand command = world_.Mutation(world_.As("school"), id, Postpone(1));
  command.expected_version = 7;
  EXPECT_THAT(world_.store().Mutate({command}).front(), HasReason("ETAG_MISMATCH"));
  EXPECT_EQ(Count("audit_entries WHERE outcome = 'REFUSED'"), 1);
  command.expected_version = 1;
  EXPECT_THAT(world_.store().Mutate({command}).front(), IsOk());
}

// A decision that writes sections, whatever the rules of the domain say.
Decide Rewrite(std::vector<Section> sections, std::vector<Category> cleared) {
  return [sections, cleared](const DossierRow& row) -> absl::StatusOr<DossierChange> {
    DossierChange change = BeginChange(row, "UPDATE");
    change.sections = sections;
    change.cleared = cleared;
    return change;
  };
}

// The answer to a change of content is not read back, and yet what a read gives.
TEST_F(PgDossierStoreTest, AChangeOfContentAnswersWhatAReadGives) {
  const Asker school = world_.As("school");
  const DossierId id = world_.Create("999900001").dossier.id;
  WriteCommand facts;
  facts.has_start_qualification = true;
  facts.due_on = absl::CivilDay(2027, 5, 1);
  WriteCommand move;
  move.residence = MunicipalityCode("GM0344");
  const auto write = [&school](const WriteCommand& command) -> Decide {
    return [&school, command](const DossierRow& row) { return Write(row, school, command); };
  };
  for (const Decide& decide :
       {Rewrite({{Category::kSupport, "support"}, {Category::kCareer, "career"}},
                {Category::kHealth}),
        write(facts), write(move)}) {
    VSV_ASSERT_OK_AND_ASSIGN(const DossierRow answer, world_.Mutate(school, id, decide));
    VSV_ASSERT_OK_AND_ASSIGN(const DossierRow read, world_.Get(school, id));
    ExpectSame(answer, read);
  }
}

TEST_F(PgDossierStoreTest, AChangeOfContentAnswersNothingThatIsNotGranted) {
  world_.db().Superuser(
      "DELETE FROM basis_rules WHERE relation = 'DELIVERING' AND "
      "category = 'HEALTH'; SELECT 1");
  const DossierId id = world_.Create("999900001").dossier.id;
  VSV_ASSERT_OK_AND_ASSIGN(
      const DossierRow answer,
      world_.Mutate(world_.As("school"), id,
                    Rewrite({{Category::kHealth, "health"}, {Category::kCareer, "career"}}, {})));
  EXPECT_FALSE(answer.granted.Contains(Category::kHealth));
  for (const Section& section : answer.sections) EXPECT_NE(section.category, Category::kHealth);
  EXPECT_EQ(world_.db().Superuser("SELECT convert_from(document, 'UTF8') FROM dossier_sections "
                                  "WHERE category = 'HEALTH'"),
            std::vector<std::string>{"health"})
      << "it was written all the same";
}

TEST_F(PgDossierStoreTest, OfManyWritersWithOneEtagExactlyOneWins) {
  const DossierId id = world_.Create("999900001").dossier.id;
  vsv::testing::ExpectExactlyOneWins([&](int) {
    MutateCommand command = world_.Mutation(world_.As("school"), id, Postpone(1));
    command.expected_version = 1;
    return world_.store().Mutate({command}).front().status();
  });
}

TEST_F(PgDossierStoreTest, TwoMutationsOfOneDossierInABatchAreDoneOneAfterTheOther) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const Asker school = world_.As("school");
  const DossierId other = world_.Create("999900002").dossier.id;
  const auto verdicts = world_.store().Mutate({world_.Mutation(school, id, Postpone(1)),
                                               world_.Mutation(school, other, Postpone(1)),
                                               world_.Mutation(school, id, Postpone(1))});
  ASSERT_THAT(verdicts[0], IsOk());
  ASSERT_THAT(verdicts[1], IsOk());
  ASSERT_THAT(verdicts[2], IsOk());
  EXPECT_EQ(verdicts[0]->dossier.version, 2);
  EXPECT_EQ(verdicts[2]->dossier.version, 3);
}

TEST_F(PgDossierStoreTest, OneRefusedMutationOfABatchDoesNotFailItsNeighbours) {
  const Asker school = world_.As("school");
  const DossierId first = world_.Create("999900001").dossier.id;
  const DossierId stale = world_.Create("999900002").dossier.id;
  const DossierId last = world_.Create("999900003").dossier.id;
  MutateCommand refused = world_.Mutation(school, stale, Postpone(1));
  refused.expected_version = 7;
  const auto verdicts = world_.store().Mutate({world_.Mutation(school, first, Postpone(1)), refused,
                                               world_.Mutation(school, last, Postpone(1))});
  VSV_ASSERT_OK(verdicts[0]);
  EXPECT_EQ(verdicts[0]->dossier.version, 2);
  EXPECT_THAT(verdicts[1], HasReason("ETAG_MISMATCH"));
  VSV_ASSERT_OK(verdicts[2]);
  EXPECT_EQ(verdicts[2]->dossier.version, 2);
  EXPECT_EQ(Count("dossiers WHERE version = 1"), 1);
}

TEST_F(PgDossierStoreTest, ValidateOnlyMutationWritesNothing) {
  const DossierId id = world_.Create("999900001").dossier.id;
  MutateCommand command = world_.Mutation(world_.As("school"), id, Postpone(1));
  command.validate_only = true;
  const absl::StatusOr<DossierRow> judged = world_.store().Mutate({command}).front();
  VSV_ASSERT_OK(judged);
  EXPECT_EQ(judged->dossier.version, 1);
  EXPECT_EQ(Count("dossiers WHERE version = 1"), 1);
}

TEST_F(PgDossierStoreTest, TheInstitutionAppliedToDecidesItsApplicationWithoutSeeingTheDossier) {
  const DossierId id = world_.Create("999900001").dossier.id;
  world_.Apply(id, "mbo");
  const Asker mbo = world_.As("mbo");
  EXPECT_THAT(world_.Get(mbo, id), HasReason("DOSSIER_NOT_FOUND"));
  VSV_ASSERT_OK_AND_ASSIGN(
      const Page<ApplicationRow> own,
      world_.related().ListApplications({mbo, world_.region, std::nullopt, std::nullopt, {}, {}}));
  ASSERT_THAT(own.rows, SizeIs(1));
  const ApplicationId application = own.rows.front().application.id;
  MutateCommand offer = world_.Mutation(mbo, id, [&](const DossierRow& row) {
    EXPECT_EQ(row.granted, CategorySet({Category::kProcess}));
    EXPECT_THAT(row.sections, IsEmpty());
    return OfferPlace(row, mbo, application);
  });
  offer.target.application = application;
  VSV_ASSERT_OK(world_.store().Mutate({offer}).front());
  offer.asker = world_.As("other-mbo");
  offer.request.request_id = world_.NewId();
  EXPECT_THAT(world_.store().Mutate({offer}).front(), HasReason("APPLICATION_NOT_FOUND"));
}

TEST_F(PgDossierStoreTest, WhoGivesUpTheDossierIsStillToldSoAndReplaysAlike) {
  const DossierId id = world_.Sent("999900001").dossier.id;
  const Asker mbo = world_.As("mbo");
  const MutateCommand reject = world_.Mutation(
      mbo, id, [&](const DossierRow& row) { return Reject(row, mbo, "NO_PLACE", ""); });
  const absl::StatusOr<DossierRow> rejected = world_.store().Mutate({reject}).front();
  VSV_ASSERT_OK(rejected);
  EXPECT_EQ(rejected->dossier.state, DossierState::kRejected);
  EXPECT_EQ(rejected->granted, CategorySet({Category::kProcess}));
  EXPECT_THAT(rejected->sections, IsEmpty());
  EXPECT_THAT(world_.store().Mutate({reject}).front(), IsOk());
}

TEST_F(PgDossierStoreTest, WhoGaveUpTheDossierIsNotToldByARepeatWhatBecameOfIt) {
  const DossierId id = world_.Sent("999900001").dossier.id;
  const Asker mbo = world_.As("mbo");
  const MutateCommand reject = world_.Mutation(
      mbo, id, [&](const DossierRow& row) { return Reject(row, mbo, "NO_PLACE", ""); });
  VSV_ASSERT_OK(world_.store().Mutate({reject}).front());
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow as_it_left_it, world_.store().Mutate({reject}).front());
  EXPECT_EQ(as_it_left_it.dossier.state, DossierState::kRejected);
  const Asker school = world_.As("school");
  VSV_ASSERT_OK(
      world_.Mutate(school, id, [&](const DossierRow& row) { return Withdraw(row, school); }));
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow later, world_.store().Mutate({reject}).front());
  EXPECT_EQ(later.dossier.id, id);
  EXPECT_EQ(later.granted, CategorySet());
  EXPECT_EQ(later.dossier.residence, MunicipalityCode());
  EXPECT_EQ(later.dossier.responsible, OrganisationId());
}

TEST_F(PgDossierStoreTest, WhoTakesBackTheConsentThatNamesItIsToldSoAndReplaysAlike) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const ConsentId consent = world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
  const Asker care = world_.As("care", Purpose::kSupport);
  MutateCommand withdraw = world_.Mutation(
      care, id, [&](const DossierRow& row) { return WithdrawConsent(row, care, consent); });
  for (int i = 0; i < 2; ++i) {
    VSV_ASSERT_OK_AND_ASSIGN(const DossierRow row, world_.store().Mutate({withdraw}).front());
    ASSERT_THAT(row.consents, SizeIs(1)) << "time " << i;
    EXPECT_EQ(row.consents.front().id, consent);
    EXPECT_EQ(row.consents.front().withdrawn_at, care.now);
    EXPECT_EQ(row.dossier.version, 3);
    EXPECT_EQ(row.granted, CategorySet({Category::kProcess}));
  }
  EXPECT_THAT(world_.Get(care, id), HasReason("DOSSIER_NOT_FOUND"));
  // Nobody is told by another's request, nor by another one of its own.
  MutateCommand foreign = withdraw;
  foreign.asker = world_.As("other-mbo", Purpose::kSupport);
  EXPECT_THAT(world_.store().Mutate({foreign}).front(), HasReason("DOSSIER_NOT_FOUND"));
  withdraw.request.request_id = world_.NewId();
  EXPECT_THAT(world_.store().Mutate({withdraw}).front(), HasReason("DOSSIER_NOT_FOUND"));
}

TEST_F(PgDossierStoreTest, WhatComesInSightBehindTheLocksIsLockedByTheNextRun) {
  const DossierId id = world_.Create("999900001").dossier.id;
  int strikes = 0;
  const auto strike = [&](const char* name, absl::Duration, absl::StatusCode) {
    if (strikes == 0 && absl::string_view(name) == "dossiers.lock_dossiers") {
      strikes = 1;
      world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
    } else if (strikes == 1 && absl::string_view(name) == "dossiers.judge_dossiers") {
      strikes = 2;
      world_.Apply(id, "mbo");
    }
  };
  StruckStore store(world_, strike);
  const absl::StatusOr<DossierRow> row =
      store->Mutate({world_.Mutation(world_.As("care", Purpose::kSupport), id, Postpone(1))})
          .front();
  VSV_ASSERT_OK(row);
  EXPECT_EQ(strikes, 2);
  EXPECT_EQ(row->dossier.version, 4);
}

}  // namespace
}  // namespace vsv::dossiers
