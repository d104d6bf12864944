#include "services/dossiers/storage/dossier_columns.h"

#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "services/dossiers/domain/names.h"

#include "absl/strings/numbers.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace vsv::dossiers {
namespace {

// Fields of flat arrays: as text, as grants.sql writes them. The CHECKs of the tables keep names of
// enums right.
absl::CivilDay DayOf(const std::string& text) {
  return base::ParseIsoDate(text).value_or(absl::CivilDay());
}

std::optional<absl::CivilDay> OptionalDayOf(const std::string& text) {
  return base::ParseIsoDate(text);
}

absl::Time MomentOf(const std::string& text) {
  int64_t micros = 0;
  return absl::SimpleAtoi(text, &micros) ? absl::FromUnixMicros(micros) : absl::UnixEpoch();
}

template <typename Enum>
Enum EnumOf(const std::string& text) {
  return FromName<Enum>(text).value_or(Enum{});
}

// Calls `read` with a pointer to the first field of each entry of `width` fields.
template <typename Read>
void ForEachEntry(const std::vector<std::string>& fields, size_t width, Read read) {
  for (size_t i = 0; i + width <= fields.size(); i += width) read(&fields[i]);
}

Dossier ReadProcess(const pg::Row& row) {
  Dossier dossier;
  dossier.region = RegionId(row.Text("region_id"));
  dossier.id = DossierId(row.Text("id"));
  dossier.pupil = PupilId(row.Text("pupil_id"));
  dossier.version = row.Int("version");
  dossier.state = EnumOf<DossierState>(row.Text("state"));
  ForEachEntry(row.TextArray("state_times"), 2, [&](const std::string* f) {
    dossier.state_times[EnumOf<DossierState>(f[0])] = MomentOf(f[1]);
  });
  dossier.origin = EnumOf<Origin>(row.Text("origin"));
  dossier.finality = EnumOf<Finality>(row.Text("finality"));
  dossier.late_entrant = row.Bool("is_late_entrant");
  dossier.delivering = OrganisationId(row.Text("delivering_organisation_id"));
  if (const std::optional<std::string> receiving = row.OptionalText("receiving_organisation_id")) {
    dossier.receiving = OrganisationId(*receiving);
  }
  dossier.responsible = OrganisationId(row.Text("responsible_organisation_id"));
  dossier.residence = MunicipalityCode(row.Text("municipality_of_residence"));
  dossier.has_start_qualification = row.Bool("has_start_qualification");
  dossier.school_year = static_cast<int>(row.Int("school_year"));
  dossier.due_on = row.Day("due_on");
  dossier.birth_on = row.OptionalDay("birth_on").value_or(absl::CivilDay());
  dossier.rejection_reason = row.Text("rejection_reason");
  dossier.rejection_note = row.Text("rejection_note");
  dossier.created_at = row.Time("created_at");
  dossier.updated_at = row.Time("updated_at");
  return dossier;
}

std::vector<Section> ReadSections(const pg::Row& row) {
  const std::vector<std::string> categories = row.TextArray("section_categories");
  std::vector<std::string> documents = row.BytesArray("section_documents");
  std::vector<Section> sections;
  for (size_t i = 0; i < categories.size(); ++i) {
    sections.push_back({EnumOf<Category>(categories[i]), std::move(documents[i])});
  }
  std::sort(sections.begin(), sections.end(),
            [](const Section& a, const Section& b) { return a.category < b.category; });
  return sections;
}

std::vector<PersonView> ReadViews(const pg::Row& row) {
  std::vector<PersonView> views;
  ForEachEntry(row.TextArray("views"), 10, [&](const std::string* f) {
    PersonView view;
    view.id = ViewId(f[0]);
    view.person = EnumOf<Person>(f[1]);
    view.role = f[2];
    view.seen_on = DayOf(f[3]);
    view.opinion = EnumOf<Opinion>(f[4]);
    view.reason = f[5];
    view.evidence = f[6];
    view.permitted_by_student = f[7] == "true";
    view.content_version = absl::SimpleAtoi(f[8], &view.content_version) ? view.content_version : 0;
    view.recorded_at = MomentOf(f[9]);
    views.push_back(std::move(view));
  });
  return views;
}

WarmHandover ReadHandover(const pg::Row& row) {
  WarmHandover handover;
  ForEachEntry(row.TextArray("handover"), 8, [&](const std::string* f) {
    handover.state = EnumOf<HandoverState>(f[0]);
    handover.planned_on = OptionalDayOf(f[1]);
    handover.held_on = OptionalDayOf(f[2]);
    handover.support_agreed_on = OptionalDayOf(f[3]);
    handover.support_agreed_by = FromName<Person>(f[4]);
    handover.first_school_day = OptionalDayOf(f[5]);
    handover.followed_up_on = OptionalDayOf(f[6]);
    handover.due_on = OptionalDayOf(f[7]);
  });
  for (const std::string& participant : row.TextArray("handover_participants")) {
    handover.participants.push_back(EnumOf<Participant>(participant));
  }
  return handover;
}

std::vector<FirstYearOutcome> ReadFirstYear(const pg::Row& row) {
  std::vector<FirstYearOutcome> outcomes;
  ForEachEntry(row.TextArray("first_year"), 5, [&](const std::string* f) {
    outcomes.push_back({DayOf(f[0]), EnumOf<FirstYearStatus>(f[1]), f[2], f[3], MomentOf(f[4])});
  });
  return outcomes;
}

std::vector<Application> ReadApplications(const pg::Row& row) {
  std::vector<Application> applications;
  ForEachEntry(row.TextArray("applications"), 7, [&](const std::string* f) {
    applications.push_back({ApplicationId(f[0]), OrganisationId(f[1]), f[2], DayOf(f[3]),
                            EnumOf<ApplicationState>(f[4]), DayOf(f[5]), MomentOf(f[6])});
  });
  return applications;
}

std::vector<Consent> ReadConsents(const pg::Row& row) {
  std::vector<Consent> consents;
  ForEachEntry(row.TextArray("consents"), 12, [&](const std::string* f) {
    Consent consent;
    consent.id = ConsentId(f[0]);
    consent.category = EnumOf<Category>(f[1]);
    consent.recipient = OrganisationId(f[2]);
    consent.purpose = EnumOf<Purpose>(f[3]);
    consent.valid_from = DayOf(f[4]);
    consent.valid_until = DayOf(f[5]);
    consent.given_by = EnumOf<Person>(f[6]);
    consent.given_on = DayOf(f[7]);
    consent.evidence = f[8];
    consent.recorded_by = OrganisationId(f[9]);
    consent.recorded_at = MomentOf(f[10]);
    if (!f[11].empty()) consent.withdrawn_at = MomentOf(f[11]);
    consents.push_back(std::move(consent));
  });
  return consents;
}

}  // namespace

CategorySet CategoriesOf(const std::vector<std::string>& names) {
  CategorySet categories;
  for (const std::string& name : names) {
    if (const std::optional<Category> category = FromName<Category>(name))
      categories.Add(*category);
  }
  return categories;
}

Grants ReadGrants(const pg::Row& row) {
  Grants grants{{}, row.TextArray("categories"), row.TextArray("bases")};
  grants.categories = CategoriesOf(grants.names);
  return grants;
}

absl::StatusOr<DossierRow> ReadDossier(const pg::Row& row, const PupilKeys& keys) {
  DossierRow dossier;
  dossier.dossier = ReadProcess(row);
  dossier.granted = ReadGrants(row).categories;
  if (!row.IsNull("pgn_sealed")) {
    VSV_ASSIGN_OR_RETURN(dossier.pgn, keys.Open(dossier.dossier.region, row.Bytes("pgn_hash"),
                                                row.Bytes("pgn_sealed")));
  }
  dossier.sections = ReadSections(row);
  dossier.views = ReadViews(row);
  dossier.handover = ReadHandover(row);
  dossier.handover_texts = {row.OptionalText("agreed_support"),
                            row.OptionalText("follow_up_outcome"),
                            row.OptionalText("declined_reason")};
  dossier.first_year = ReadFirstYear(row);
  return dossier;
}

void ReadFacts(const pg::Row& row, DossierRow& dossier) {
  dossier.applications = ReadApplications(row);
  dossier.consents = ReadConsents(row);
  if (const std::optional<std::string> office = row.OptionalText("attendance_office_id")) {
    dossier.residence.attendance_office = OrganisationId(*office);
  }
  if (const std::optional<std::string> office = row.OptionalText("rmc_office_id")) {
    dossier.residence.rmc_office = OrganisationId(*office);
  }
}

}  // namespace vsv::dossiers
