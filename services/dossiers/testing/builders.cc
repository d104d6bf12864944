#include "services/dossiers/testing/builders.h"

#include "libs/base/local_date.h"
#include "services/dossiers/domain/names.h"

#include <string>

namespace vsv::dossiers::testing {
namespace {

constexpr absl::CivilDay kToday(2026, 5, 11);

bool IsAtAddressee(DossierState state) {
  return state == DossierState::kSent || state == DossierState::kAccepted ||
         state == DossierState::kProcessed || state == DossierState::kRejected;
}

}  // namespace

Asker AskerOf(absl::string_view organisation) {
  Asker asker;
  asker.organisation = OrganisationId(organisation);
  asker.acting_organisation = asker.organisation;
  asker.purpose = Purpose::kTransition;
  asker.relations = {Relation::kDelivering, Relation::kReceiving};
  asker.today = kToday;
  asker.now = base::StartOfLocalDay(kToday) + absl::Hours(12);
  asker.deadline = asker.now + absl::Seconds(10);
  asker.method = "/vsv.dossiers.v1.Test/Test";
  return asker;
}

DossierRow RowIn(DossierState state) {
  DossierRow row;
  Dossier& dossier = row.dossier;
  dossier.region = RegionId("16");
  dossier.id = DossierId("01920000-0000-7000-8000-000000000001");
  dossier.pupil = PupilId("01920000-0000-7000-8000-000000000002");
  dossier.state = state;
  const absl::Time start = base::StartOfLocalDay(kToday) - absl::Hours(24 * 30);
  for (int passed = 0; passed <= static_cast<int>(state); ++passed) {
    dossier.state_times[static_cast<DossierState>(passed)] = start + absl::Hours(passed);
  }
  dossier.delivering = OrganisationId("school");
  dossier.responsible = OrganisationId("school");
  dossier.residence = MunicipalityCode("GM0307");
  dossier.school_year = 2025;
  dossier.due_on = absl::CivilDay(2026, 7, 1);
  dossier.birth_on = absl::CivilDay(2009, 2, 3);
  dossier.created_at = start;
  dossier.updated_at = start;
  if (IsAtAddressee(state)) {
    dossier.receiving = OrganisationId("mbo");
    row.applications.push_back(ApplicationAt("mbo", ApplicationState::kOffered));
  }
  if (state == DossierState::kAccepted || state == DossierState::kProcessed) {
    dossier.responsible = OrganisationId("mbo");
  }
  row.granted = kAllCategories;
  for (const Category category : kSectionCategories.Members()) {
    row.sections.push_back({category, std::string(Name(category))});
  }
  row.residence = {OrganisationId("attendance"), OrganisationId("rmc")};
  return row;
}

DossierRow AgreedBy(DossierRow row, Person person, Opinion opinion, absl::string_view role) {
  PersonView view;
  view.person = person;
  view.role = std::string(role);
  view.opinion = opinion;
  view.seen_on = kToday;
  view.recorded_at = base::StartOfLocalDay(kToday);
  row.views.push_back(view);
  return row;
}

Application ApplicationAt(absl::string_view institution, ApplicationState state,
                          absl::string_view id) {
  Application application;
  application.id = ApplicationId(id);
  application.institution = OrganisationId(institution);
  application.course = "Verzorgende IG";
  application.applied_on = absl::CivilDay(2026, 3, 1);
  application.state = state;
  application.state_on = application.applied_on;
  return application;
}

}  // namespace vsv::dossiers::testing
