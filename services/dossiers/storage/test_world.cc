#include "services/dossiers/storage/test_world.h"

#include "libs/base/local_date.h"
#include "libs/base/uuid.h"
#include "libs/feed/epoch.h"
#include "libs/feed/sequencer.h"
#include "services/dossiers/domain/agreement.h"
#include "services/dossiers/domain/erasure_rules.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/domain/related_rules.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace vsv::dossiers {
namespace {

constexpr char kRegister[] = R"(
INSERT INTO directory_organisations (organisation_id, display_name, kind, parent_id, status, version)
VALUES ('board', 'Board', 'SCHOOL_BOARD', NULL, 'ACTIVE', 1),
       ('school', 'School', 'VO_SCHOOL', 'board', 'ACTIVE', 1),
       ('other-school', 'Other school', 'VO_SCHOOL', NULL, 'ACTIVE', 1),
       ('mbo', 'Mbo', 'MBO_INSTITUTION', NULL, 'ACTIVE', 1),
       ('other-mbo', 'Other mbo', 'MBO_INSTITUTION', NULL, 'ACTIVE', 1),
       ('town', 'Town', 'MUNICIPALITY', NULL, 'ACTIVE', 1),
       ('attendance', 'Attendance', 'ATTENDANCE_OFFICE', 'town', 'ACTIVE', 1),
       ('rmc', 'Rmc', 'RMC_OFFICE', NULL, 'ACTIVE', 1),
       ('far-town', 'Far town', 'MUNICIPALITY', NULL, 'ACTIVE', 1),
       ('far-rmc', 'Far rmc', 'RMC_OFFICE', NULL, 'ACTIVE', 1),
       ('care', 'Care', 'CARE_PROVIDER', NULL, 'ACTIVE', 1);
INSERT INTO directory_lineages (organisation_id, ancestor_id, depth)
SELECT organisation_id, organisation_id, 0 FROM directory_organisations
UNION ALL
SELECT organisation_id, parent_id, 1 FROM directory_organisations WHERE parent_id IS NOT NULL;
INSERT INTO directory_identifiers (scheme, value, organisation_id)
VALUES ('MUNICIPALITY_CODE', 'GM0307', 'town'), ('MUNICIPALITY_CODE', 'GM0344', 'far-town');
INSERT INTO directory_memberships (region_id, membership_id, organisation_id, validity, version)
SELECT region_id, organisation_id, organisation_id, '[2020-01-01,)', 1
  FROM (VALUES ('16', 'town'), ('16', 'rmc'), ('16', 'school'), ('16', 'attendance'),
               ('19', 'far-town'), ('19', 'far-rmc')) AS m (region_id, organisation_id);
INSERT INTO directory_agreements (agreement_id, region_id, title, state, legal_basis, controller_id, validity, version)
VALUES ('eem', '16', 'Eem', 'SIGNED', 'PUBLIC_TASK', 'board', '[2020-01-01,)', 1);
INSERT INTO directory_agreement_parties (agreement_id, organisation_id, direction, purposes, data_categories)
VALUES ('eem', 'board', 'PROVIDES', '{}', '{}'),
       ('eem', 'town', 'RECEIVES', '{TRANSITION,RMC}', '{PROCESS,ADMINISTRATIVE}'),
       ('eem', 'rmc', 'RECEIVES', '{TRANSITION,RMC}', '{PROCESS,ADMINISTRATIVE}'),
       ('eem', 'attendance', 'RECEIVES', '{COMPULSORY_EDUCATION}', '{PROCESS,ADMINISTRATIVE}');
INSERT INTO projection_cursors (source, cursor, heartbeat_at) VALUES ('partners', '', now());
SELECT 1
)";

// A world that cannot be built says why, and nothing of the test would mean anything.
void Must(const absl::Status& status, absl::string_view what) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s: %s\n", std::string(what).c_str(), status.ToString().c_str());
  std::abort();
}

DossierRow MustGive(absl::StatusOr<DossierRow> row, absl::string_view what) {
  Must(row.status(), what);
  return *std::move(row);
}

}  // namespace

TestWorld::TestWorld()
    : db_(vsv::testing::PgDatabase::OfService("dossiers")),
      keys_(*PupilKeys::FromMaster(std::string(32, 'k'))) {
  FillRegister();
  store_ = std::make_unique<PgDossierStore>(db_->app(), keys_, clock_, PgStoreOptions{});
  related_ = std::make_unique<PgRelatedStore>(db_->app(), PgStoreOptions{});
  changes_ = std::make_unique<PgChangeStore>(db_->app(), db_->worker(), keys_, clock_,
                                             PgStoreOptions{}, pg::CoalescerOptions{});
  Must(feed::CheckEpochAtStart(db_->worker(), absl::Now() + absl::Seconds(10)), "epoch");
}

void TestWorld::FillRegister() {
  db_->Superuser(kRegister);
  SetRegisterAge(absl::ZeroDuration());
}

Asker TestWorld::As(absl::string_view organisation, Purpose purpose) const {
  Asker asker;
  asker.organisation = OrganisationId(organisation);
  asker.acting_organisation = asker.organisation;
  asker.purpose = purpose;
  asker.relations = {Relation::kDelivering,
                     Relation::kReceiving,
                     Relation::kMunicipalityOfResidence,
                     Relation::kRmcOfResidence,
                     Relation::kAttendanceOfResidence,
                     Relation::kConsentedParty};
  asker.now = absl::FromUnixMicros(absl::ToUnixMicros(absl::Now()));
  asker.today = base::LocalDay(asker.now);
  asker.deadline = asker.now + absl::Seconds(20);
  asker.method = "/vsv.dossiers.v1.DossierService/Test";
  asker.trace_id = std::string(32, 'a');
  return asker;
}

std::string TestWorld::NewId() const {
  return base::NewUuidV7(clock_);
}

CreateCommand TestWorld::CreateCommandFor(absl::string_view pgn, absl::string_view school) {
  CreateCommand command;
  command.asker = As(school);
  command.request = {NewId(), std::string(32, 'b')};
  command.pgn = std::string(pgn);
  Dossier draft;
  draft.region = region;
  draft.id = DossierId(NewId());
  draft.residence = MunicipalityCode("GM0307");
  draft.school_year = static_cast<int>(command.asker.today.year()) - 1;
  draft.due_on = command.asker.today + 30;
  draft.birth_on = absl::CivilDay(command.asker.today.year() - 17, 1, 1);
  command.dossier = Start(draft, command.asker);
  for (const Category category : kSectionCategories.Members()) {
    command.sections.push_back({category, absl::StrCat("content of ", Name(category))});
  }
  command.handover = InitialHandover(true, draft.school_year);
  const CountKey key{region,
                     Process::kTransition,
                     "A_IN_PROGRESS",
                     command.dossier.delivering,
                     command.dossier.due_on,
                     command.asker.today};
  command.counts = {{key, 1}};
  return command;
}

DossierRow TestWorld::Create(absl::string_view pgn, absl::string_view school) {
  return MustGive(store_->Create({CreateCommandFor(pgn, school)}).front(), "create");
}

absl::StatusOr<DossierRow> TestWorld::Get(const Asker& asker, const DossierId& id) {
  return store_->Get({GetCommand{asker, region, id}}).front();
}

MutateCommand TestWorld::Mutation(const Asker& asker, const DossierId& id, Decide decide) const {
  return {asker,
          {NewId(), std::string(32, 'b')},
          {region, id, std::nullopt},
          std::nullopt,
          std::move(decide),
          false};
}

absl::StatusOr<DossierRow> TestWorld::Mutate(const Asker& asker, const DossierId& id,
                                             Decide decide) {
  return store_->Mutate({Mutation(asker, id, std::move(decide))}).front();
}

void TestWorld::Apply(const DossierId& id, absl::string_view institution) {
  const Asker asker = As("school");
  Application application;
  application.id = ApplicationId(NewId());
  application.institution = OrganisationId(institution);
  application.course = "ict";
  application.applied_on = asker.today;
  MustGive(
      Mutate(asker, id,
             [&](const DossierRow& row) { return RecordApplication(row, asker, application); }),
      "apply");
}

DossierRow TestWorld::ReadyToSend(absl::string_view pgn) {
  const DossierId id = Create(pgn).dossier.id;
  Apply(id, "mbo");
  const Asker asker = As("school");
  // The course of the form is the domain's business; here it is enough that it stands at AGREED.
  return MustGive(Mutate(asker, id,
                         [&](const DossierRow& row) -> absl::StatusOr<DossierChange> {
                           DossierChange change;
                           change.dossier = row.dossier;
                           change.dossier.state = DossierState::kAgreed;
                           change.dossier.state_times[DossierState::kAgreed] = asker.now;
                           change.operation = "TEST";
                           PersonView view;
                           view.id = ViewId(NewId());
                           view.role = "pupil";
                           view.seen_on = asker.today;
                           view.opinion = Opinion::kAgrees;
                           view.evidence = "form 1";
                           view.content_version = row.dossier.version;
                           view.recorded_at = asker.now;
                           change.view = view;
                           return change;
                         }),
                  "ready");
}

DossierRow TestWorld::Sent(absl::string_view pgn) {
  const DossierId id = ReadyToSend(pgn).dossier.id;
  const Asker asker = As("school");
  return MustGive(Mutate(asker, id,
                         [&](const DossierRow& row) -> absl::StatusOr<DossierChange> {
                           DossierChange change;
                           change.dossier = row.dossier;
                           change.dossier.state = DossierState::kSent;
                           change.dossier.state_times[DossierState::kSent] = asker.now;
                           change.dossier.receiving = OrganisationId("mbo");
                           change.operation = "SEND";
                           return change;
                         }),
                  "send");
}

ConsentId TestWorld::GiveConsent(const DossierId& id, absl::string_view recipient,
                                 Category category, Purpose purpose) {
  const Asker asker = As("school");
  Consent consent;
  consent.id = ConsentId(NewId());
  consent.category = category;
  consent.recipient = OrganisationId(recipient);
  consent.purpose = purpose;
  consent.valid_from = asker.today;
  consent.valid_until = asker.today + 365;
  consent.given_on = asker.today;
  consent.evidence = "form 2";
  MustGive(
      Mutate(asker, id, [&](const DossierRow& row) { return RecordConsent(row, asker, consent); }),
      "consent");
  return consent.id;
}

absl::StatusOr<DossierRow> TestWorld::Withdraw(const DossierId& id, const ConsentId& consent) {
  const Asker asker = As("school");
  return Mutate(asker, id,
                [&](const DossierRow& row) { return WithdrawConsent(row, asker, consent); });
}

MutateCommand TestWorld::Erasing(const Asker& asker, const DossierId& id) const {
  MutateCommand command = Mutation(asker, id, [asker](const DossierRow& row) {
    return dossiers::Erase(row, asker, ErasureGround::kRequest);
  });
  command.erases = ErasureGround::kRequest;
  return command;
}

absl::StatusOr<DossierRow> TestWorld::Erase(const DossierId& id, absl::string_view by) {
  return store_->Mutate({Erasing(As(by), id)}).front();
}

void TestWorld::Sequence() {
  feed::Sequencer sequencer(db_->worker(), {});
  bool more = true;
  while (more) {
    const absl::StatusOr<feed::SequencerRound> round =
        sequencer.RunOnce(absl::Now() + absl::Seconds(10));
    Must(round.status(), "sequence");
    more = round->more;
  }
}

bool TestWorld::SomebodyWaits() {
  return !db_->Superuser(
                 "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND "
                 "wait_event_type = 'Lock'")
              .empty();
}

void TestWorld::EndAgreements() {
  db_->Superuser("UPDATE directory_agreements SET validity = 'empty'; SELECT 1");
}

void TestWorld::RenewAgreements() {
  db_->Superuser("UPDATE directory_agreements SET validity = '[2020-01-01,)'; SELECT 1");
}

void TestWorld::EndConsents() {
  db_->Superuser(
      "UPDATE consents SET valid_from = valid_from - 9, valid_until = valid_from - 1; "
      "SELECT 1");
}

void TestWorld::PostponeConsents() {
  db_->Superuser("UPDATE consents SET valid_from = valid_from + 1; SELECT 1");
}

void TestWorld::SetRegisterAge(absl::Duration age) {
  db_->Superuser(absl::StrCat(
      "CREATE OR REPLACE VIEW directory_freshness AS SELECT statement_timestamp() - interval '",
      absl::ToInt64Seconds(age), " seconds' AS current_as_of_at; SELECT 1"));
}

}  // namespace vsv::dossiers
