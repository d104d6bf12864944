#include "services/dossiers/testing/store_conformance.h"

#include "libs/base/hash.h"
#include "libs/base/status_macros.h"
#include "libs/testing/status_matchers.h"
#include "services/dossiers/domain/dossier_rules.h"
#include "services/dossiers/domain/erasure_rules.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/domain/related_rules.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"

#include <utility>
#include <vector>

namespace vsv::dossiers::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;

const RegionId kRegion("16");

absl::StatusOr<DossierChange> Touch(const DossierRow& row) {
  DossierChange change;
  change.dossier = row.dossier;
  change.dossier.due_on += 1;
  change.operation = "TEST";
  return change;
}

// Straight to a state, past the rules: stores do not know them.
Decide Put(DossierState state, const OrganisationId& receiving) {
  return [=](const DossierRow& row) -> absl::StatusOr<DossierChange> {
    DossierChange change;
    change.dossier = row.dossier;
    change.dossier.state = state;
    change.dossier.receiving = receiving;
    change.operation = "TEST";
    return change;
  };
}

std::vector<Category> Categories(const DossierRow& row) {
  std::vector<Category> categories;
  for (const Section& section : row.sections) categories.push_back(section.category);
  return categories;
}

}  // namespace

CreateCommand StoreConformance::NewDossier(absl::string_view pgn, absl::string_view school) {
  CreateCommand command;
  command.asker = world_->As(school);
  command.request = {world_->NewId(), base::Sha256(world_->NewId())};
  command.pgn = std::string(pgn);
  Dossier draft;
  draft.region = kRegion;
  draft.school_year = 2025;
  draft.due_on = absl::CivilDay(2026, 7, 1);
  draft.birth_on = absl::CivilDay(2009, 2, 3);
  draft.residence = MunicipalityCode("GM0307");
  command.dossier = Start(draft, command.asker);
  command.dossier.id = DossierId(world_->NewId());
  for (const Category category : kSectionCategories.Members()) {
    command.sections.push_back({category, "content of " + std::string(Name(category))});
  }
  return command;
}

absl::StatusOr<DossierRow> StoreConformance::Create(const CreateCommand& command) {
  return world_->dossiers().Create({command}).front();
}

absl::StatusOr<DossierRow> StoreConformance::Get(absl::string_view organisation,
                                                 const DossierId& id) {
  return world_->dossiers().Get({GetCommand{world_->As(organisation), kRegion, id}}).front();
}

MutateCommand StoreConformance::Mutation(absl::string_view organisation, const DossierId& id,
                                         Decide decide) {
  MutateCommand command;
  command.asker = world_->As(organisation);
  command.request = {world_->NewId(), base::Sha256(world_->NewId())};
  command.target = {kRegion, id, std::nullopt};
  command.decide = std::move(decide);
  return command;
}

MutateCommand StoreConformance::Erasing(absl::string_view organisation, const DossierId& id) {
  MutateCommand command = Mutation(organisation, id, nullptr);
  command.erases = ErasureGround::kRequest;
  command.decide = [asker = command.asker](const DossierRow& row) {
    return Erase(row, asker, ErasureGround::kRequest);
  };
  return command;
}

absl::StatusOr<DossierRow> StoreConformance::Mutate(const MutateCommand& command) {
  return world_->dossiers().Mutate({command}).front();
}

absl::StatusOr<DossierRow> StoreConformance::Sent(absl::string_view pgn) {
  VSV_ASSIGN_OR_RETURN(const DossierRow made, Create(NewDossier(pgn)));
  return Mutate(
      Mutation("school", made.dossier.id, Put(DossierState::kSent, OrganisationId("mbo"))));
}

TEST_P(StoreConformance, GivesTheMakerBackAllThatWasWritten) {
  const CreateCommand command = NewDossier("999900006");
  VSV_ASSERT_OK(Create(command));
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow read, Get("school", command.dossier.id));
  EXPECT_EQ(read.granted, kAllCategories);
  EXPECT_EQ(read.pgn, "999900006");
  EXPECT_EQ(Categories(read), kSectionCategories.Members());
  EXPECT_EQ(read.dossier.due_on, command.dossier.due_on);
  EXPECT_EQ(read.dossier.state_times, command.dossier.state_times);
}

TEST_P(StoreConformance, SaysTheSameOfTheHiddenAndTheAbsent) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow made, Create(NewDossier("999900006")));
  const auto hidden = Get("other-school", made.dossier.id);
  const auto absent = Get("other-school", DossierId(world_->NewId()));
  EXPECT_THAT(hidden, HasReason("DOSSIER_NOT_FOUND"));
  EXPECT_EQ(hidden.status(), absent.status());
  EXPECT_THAT(Mutate(Mutation("other-school", made.dossier.id, Touch)),
              HasReason("DOSSIER_NOT_FOUND"));
}

TEST_P(StoreConformance, RefusesASecondLiveDossierOfTheSamePupilAndYear) {
  VSV_ASSERT_OK(Create(NewDossier("999900006")));
  EXPECT_THAT(Create(NewDossier("999900006")), HasReason("DOSSIER_EXISTS"));
  EXPECT_THAT(Create(NewDossier("999900006", "other-school")), IsOk());
}

TEST_P(StoreConformance, ARepeatedRequestTakesEffectOnce) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow made, Create(NewDossier("999900006")));
  int decided = 0;
  MutateCommand command = Mutation("school", made.dossier.id, [&decided](const DossierRow& row) {
    ++decided;
    absl::StatusOr<DossierChange> change = Touch(row);
    change->made = "something";
    return change;
  });
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow first, Mutate(command));
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow again, Mutate(command));
  EXPECT_EQ(decided, 1);
  EXPECT_EQ(again.dossier.version, first.dossier.version);
  EXPECT_EQ(again.made, "something");
  command.request.body_hash = base::Sha256("another body");
  EXPECT_THAT(Mutate(command), HasReason("REQUEST_ID_REUSED"));
}

TEST_P(StoreConformance, WhoLosesADossierByItsChangeIsToldThatItWasDoneAndNothingLater) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow sent, Sent("999900006"));
  const DossierId id = sent.dossier.id;
  MutateCommand gives_up =
      Mutation("mbo", id, Put(DossierState::kWithdrawn, OrganisationId("mbo")));
  for (int i = 0; i < 2; ++i) {
    VSV_ASSERT_OK_AND_ASSIGN(const DossierRow told, Mutate(gives_up));
    EXPECT_EQ(told.granted, CategorySet({Category::kProcess})) << i;
    EXPECT_EQ(told.dossier.state, DossierState::kWithdrawn) << i;
    EXPECT_THAT(told.sections, IsEmpty()) << i;
  }
  VSV_ASSERT_OK(Mutate(Mutation("school", id, Touch)));
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow later, Mutate(gives_up));
  EXPECT_EQ(later.granted, CategorySet());
  EXPECT_EQ(later.dossier.id, id);
  EXPECT_EQ(later.dossier.delivering, OrganisationId());
  gives_up.request.request_id = world_->NewId();
  EXPECT_THAT(Mutate(gives_up), HasReason("DOSSIER_NOT_FOUND"));
}

TEST_P(StoreConformance, AVersionThatDiffersIsRefusedBeforeTheRulesAreAsked) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow made, Create(NewDossier("999900006")));
  MutateCommand command = Mutation("school", made.dossier.id, Touch);
  command.expected_version = made.dossier.version;
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow changed, Mutate(command));
  EXPECT_EQ(changed.dossier.version, made.dossier.version + 1);
  MutateCommand late =
      Mutation("school", made.dossier.id, [](const DossierRow&) -> absl::StatusOr<DossierChange> {
        ADD_FAILURE() << "must not be asked";
        return absl::InternalError("asked");
      });
  late.expected_version = made.dossier.version;
  EXPECT_THAT(Mutate(late), HasReason("ETAG_MISMATCH"));
}

TEST_P(StoreConformance, ValidateOnlyChangesNothing) {
  CreateCommand create = NewDossier("999900006");
  create.validate_only = true;
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow judged, Create(create));
  EXPECT_TRUE(judged.dossier.id.empty() && judged.dossier.pupil.empty()) << "it has no name";
  EXPECT_THAT(Get("school", create.dossier.id), HasReason("DOSSIER_NOT_FOUND"));
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow made, Create(NewDossier("999900006")));
  MutateCommand touch = Mutation("school", made.dossier.id, Touch);
  touch.validate_only = true;
  VSV_ASSERT_OK(Mutate(touch));
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow read, Get("school", made.dossier.id));
  EXPECT_EQ(read.dossier.version, made.dossier.version);
}

TEST_P(StoreConformance, ARefusedDecisionChangesNothingAndMayBeRepeated) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow made, Create(NewDossier("999900006")));
  MutateCommand command = Mutation("school", made.dossier.id, [](const DossierRow&) {
    return absl::StatusOr<DossierChange>(errors::StateConflict("not now"));
  });
  EXPECT_THAT(Mutate(command), HasReason("STATE_CONFLICT"));
  command.decide = Touch;
  EXPECT_THAT(Mutate(command), IsOk());
}

TEST_P(StoreConformance, TheAddresseeHasWhatTheLawGrantsFromSentOnAndNothingBefore) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow sent, Sent("999900006"));
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow received, Get("mbo", sent.dossier.id));
  EXPECT_EQ(received.granted, kAllCategories.Minus(kConsentOnly));
  EXPECT_THAT(Get("other-mbo", sent.dossier.id), HasReason("DOSSIER_NOT_FOUND"));
  VSV_ASSERT_OK(Mutate(
      Mutation("mbo", sent.dossier.id, Put(DossierState::kRejected, OrganisationId("mbo")))));
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow rejected, Get("mbo", sent.dossier.id));
  EXPECT_EQ(rejected.granted, CategorySet{Category::kProcess});
  EXPECT_THAT(rejected.sections, IsEmpty());
}

TEST_P(StoreConformance, AConsentAddsItsCategoryUntilItIsWithdrawn) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow sent, Sent("999900006"));
  Consent consent;
  consent.id = ConsentId(world_->NewId());
  consent.category = Category::kExtraCare;
  consent.recipient = OrganisationId("mbo");
  consent.given_by = Person::kPupil;
  const Asker school = world_->As("school");
  consent.given_on = school.today;
  consent.valid_from = school.today;
  consent.valid_until = school.today + 30;
  consent.evidence = "signed form";
  const auto record = [&](const DossierRow& row) { return RecordConsent(row, school, consent); };
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow recorded,
                           Mutate(Mutation("school", sent.dossier.id, record)));
  EXPECT_EQ(recorded.made, consent.id.value());
  EXPECT_TRUE(Get("mbo", sent.dossier.id)->granted.Contains(Category::kExtraCare));
  EXPECT_FALSE(Get("mbo", sent.dossier.id)->granted.Contains(Category::kHealth));
  const auto withdraw = [&](const DossierRow& row) {
    return WithdrawConsent(row, school, consent.id);
  };
  VSV_ASSERT_OK(Mutate(Mutation("school", sent.dossier.id, withdraw)));
  EXPECT_FALSE(Get("mbo", sent.dossier.id)->granted.Contains(Category::kExtraCare));
  VSV_ASSERT_OK_AND_ASSIGN(const auto listed, world_->related().ListConsents(
                                                  {world_->As("mbo"), kRegion, sent.dossier.id}));
  EXPECT_THAT(listed, SizeIs(1));
}

TEST_P(StoreConformance, TheInstitutionAppliedToSeesItsApplicationAndNotTheDossier) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow made, Create(NewDossier("999900006")));
  Application application;
  application.id = ApplicationId(world_->NewId());
  application.institution = OrganisationId("mbo");
  application.course = "Verzorgende IG";
  application.applied_on = absl::CivilDay(2026, 3, 1);
  const Asker school = world_->As("school");
  const auto apply = [&](const DossierRow& row) {
    return RecordApplication(row, school, application);
  };
  VSV_ASSERT_OK(Mutate(Mutation("school", made.dossier.id, apply)));
  EXPECT_THAT(Get("mbo", made.dossier.id), HasReason("DOSSIER_NOT_FOUND"));
  const Asker mbo = world_->As("mbo");
  MutateCommand offer = Mutation("mbo", made.dossier.id, [&](const DossierRow& row) {
    return OfferPlace(row, mbo, application.id);
  });
  EXPECT_THAT(Mutate(offer), HasReason("DOSSIER_NOT_FOUND"));
  offer.target.application = application.id;
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow offered, Mutate(offer));
  EXPECT_EQ(offered.applications.front().state, ApplicationState::kOffered);
  EXPECT_THAT(offered.sections, IsEmpty());
  VSV_ASSERT_OK_AND_ASSIGN(const auto listed,
                           world_->related().ListApplications({mbo, kRegion, {}, {}, {}, {}}));
  EXPECT_THAT(listed.rows, SizeIs(1));
  const GetApplicationCommand foreign{world_->As("other-mbo"), kRegion, made.dossier.id,
                                      application.id};
  EXPECT_THAT(world_->related().GetApplications({foreign}).front(),
              HasReason("APPLICATION_NOT_FOUND"));
}

TEST_P(StoreConformance, ListsVisibleRowsByIdAndPage) {
  std::vector<DossierId> ids;
  for (const char* pgn : {"999900006", "999900018", "999900031"}) {
    VSV_ASSERT_OK_AND_ASSIGN(const DossierRow made, Create(NewDossier(pgn)));
    ids.push_back(made.dossier.id);
  }
  VSV_ASSERT_OK(Create(NewDossier("999900043", "other-school")));
  ListCommand command{world_->As("school"), kRegion, {}, std::nullopt, {.rows = 2}};
  VSV_ASSERT_OK_AND_ASSIGN(const auto first, world_->dossiers().List(command));
  EXPECT_TRUE(first.more);
  ASSERT_THAT(first.rows, SizeIs(2));
  EXPECT_EQ(first.rows[0].dossier.id, ids[0]);
  command.after = first.rows[1].dossier.id;
  VSV_ASSERT_OK_AND_ASSIGN(const auto second, world_->dossiers().List(command));
  EXPECT_FALSE(second.more);
  ASSERT_THAT(second.rows, SizeIs(1));
  EXPECT_EQ(second.rows[0].dossier.id, ids[2]);
  command.after.reset();
  command.filter.state = DossierState::kSent;
  VSV_ASSERT_OK_AND_ASSIGN(const auto none, world_->dossiers().List(command));
  EXPECT_THAT(none.rows, IsEmpty());
}

TEST_P(StoreConformance, APageEndsBehindTheRowWithWhichItIsLarge) {
  for (const char* pgn : {"999900006", "999900018"}) VSV_ASSERT_OK(Create(NewDossier(pgn)));
  ListCommand command{world_->As("school"), kRegion, {}, std::nullopt, {.rows = 2, .bytes = 1}};
  VSV_ASSERT_OK_AND_ASSIGN(const auto large, world_->dossiers().List(command));
  EXPECT_TRUE(large.more);
  EXPECT_THAT(large.rows, SizeIs(1));
  command.after = large.rows.front().dossier.id;
  VSV_ASSERT_OK_AND_ASSIGN(const auto next, world_->dossiers().List(command));
  EXPECT_THAT(next.rows, SizeIs(1));
}

// However a page comes about: many rows are asked for in portions.
TEST_P(StoreConformance, PagesOfAnySizeHoldEverythingOnceAndById) {
  std::vector<DossierId> made;
  for (int i = 0; i < 3 * kFirstPortion; ++i) {
    CreateCommand command = NewDossier(absl::StrCat(999900100 + i));
    // Small ones, then large ones, then both.
    const bool large = i / kFirstPortion == 1 || (i / kFirstPortion == 2 && i % 3 == 0);
    if (large) command.sections.front().document = std::string(30'000, 'c');
    VSV_ASSERT_OK_AND_ASSIGN(const DossierRow row, Create(command));
    made.push_back(row.dossier.id);
  }
  for (const PageLimits& limits :
       {PageLimits{.rows = 1}, PageLimits{.rows = 40}, PageLimits{.rows = 100},
        PageLimits{.rows = 100, .bytes = 1}, PageLimits{.rows = 100, .bytes = 50'000},
        PageLimits{.rows = 20, .bytes = 200'000}}) {
    ListCommand command{world_->As("school"), kRegion, {}, std::nullopt, limits};
    std::vector<DossierId> listed;
    for (bool more = true; more;) {
      VSV_ASSERT_OK_AND_ASSIGN(const auto page, world_->dossiers().List(command));
      more = page.more;
      EXPECT_LE(page.rows.size(), static_cast<size_t>(limits.rows));
      for (const DossierRow& row : page.rows) listed.push_back(row.dossier.id);
      if (!listed.empty()) command.after = listed.back();
    }
    EXPECT_EQ(listed, made) << limits.rows << " rows, " << limits.bytes << " bytes";
  }
}

TEST_P(StoreConformance, AnErasedDossierIsAbsentForEverybodyAndItsRepeatIsAnsweredAlike) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow sent, Sent("999900006"));
  const DossierId id = sent.dossier.id;
  EXPECT_THAT(Mutate(Erasing("mbo", id)), HasReason("ROLE_REQUIRED"));
  EXPECT_THAT(Mutate(Erasing("other-school", id)), HasReason("DOSSIER_NOT_FOUND"));
  MutateCommand validated = Erasing("school", id);
  validated.validate_only = true;
  VSV_ASSERT_OK(Mutate(validated));
  MutateCommand outdated = Erasing("school", id);
  outdated.expected_version = 1;
  EXPECT_THAT(Mutate(outdated), HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(Get("mbo", id), IsOk()) << "nothing was erased so far";

  MutateCommand erase = Erasing("school", id);
  erase.expected_version = sent.dossier.version;
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow erased, Mutate(erase));
  EXPECT_EQ(ErasedAt(erased.made), erase.asker.now);
  for (const char* organisation : {"school", "mbo", "town"}) {
    EXPECT_THAT(Get(organisation, id), HasReason("DOSSIER_NOT_FOUND")) << organisation;
  }
  EXPECT_THAT(Mutate(Mutation("school", id, Touch)), HasReason("DOSSIER_NOT_FOUND"));
  const ListCommand list{world_->As("school"), kRegion, {}, std::nullopt, {}};
  VSV_ASSERT_OK_AND_ASSIGN(const auto listed, world_->dossiers().List(list));
  EXPECT_THAT(listed.rows, IsEmpty());

  erase.asker = world_->As("school");  // later
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow again, Mutate(erase));
  EXPECT_EQ(again.made, erased.made);
  erase.request.body_hash = base::Sha256("another body");
  EXPECT_THAT(Mutate(erase), HasReason("DOSSIER_NOT_FOUND"));
  EXPECT_THAT(Mutate(Erasing("school", id)), HasReason("DOSSIER_NOT_FOUND"));
}

TEST_P(StoreConformance, ARepeatedCreationDoesNotBringAnErasedDossierBack) {
  const CreateCommand create = NewDossier("999900006");
  VSV_ASSERT_OK(Create(create));
  VSV_ASSERT_OK(Mutate(Erasing("school", create.dossier.id)));
  EXPECT_THAT(Create(create), HasReason("DOSSIER_NOT_FOUND"));
  EXPECT_THAT(Create(NewDossier("999900006")), IsOk()) << "who is enrolled again begins anew";
}

}  // namespace vsv::dossiers::testing
