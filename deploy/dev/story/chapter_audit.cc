#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/policy/method_policy.h"

#include "vsv/audit/v1/audit_requests.pb.h"
#include "vsv/dossiers/v1/dossier_requests.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"

#include <set>

#include "deploy/dev/story/chapters.h"

namespace vsv::story {
namespace {

namespace audit = ::vsv::audit::v1;
namespace dossiers = ::vsv::dossiers::v1;

std::string Line(const audit::AuditEntry& entry) {
  const absl::Time at = absl::FromUnixSeconds(entry.record_time().seconds());
  const std::string categories =
      absl::StrJoin(entry.data_categories(), ",", [](std::string* out, int category) {
        absl::StrAppend(out, absl::StripPrefix(policy::v1::DataCategory_Name(
                                                   static_cast<policy::v1::DataCategory>(category)),
                                               "DATA_CATEGORY_"));
      });
  return absl::StrFormat(
      "%s  %-10s %-38s %-12s %-28s %s", absl::FormatTime("%H:%M:%S", at, absl::UTCTimeZone()),
      absl::StripPrefix(audit::AuditEntry::Outcome_Name(entry.outcome()), "OUTCOME_"),
      absl::StripPrefix(entry.organisation(), "organisations/"),
      policy::PurposeName(entry.purpose()), entry.method().substr(entry.method().rfind('/') + 1),
      categories);
}

// To the letter the same as for a dossier that is not there.
absl::Status TellStranger(Plot& plot) {
  const Actor& stranger = *plot.schools.at("praktijkschool-de-werf");
  dossiers::GetDossierRequest get;
  get.set_name(plot.dossier);
  const absl::Status invisible =
      stranger.Call<dossiers::Dossier>("GetDossier", get, "transition").status();
  get.set_name("regions/16/dossiers/01900000-0000-7000-8000-000000000000");
  const absl::Status absent =
      stranger.Call<dossiers::Dossier>("GetDossier", get, "transition").status();
  return plot.narrator.Step(
      errors::ReasonOf(invisible) == "DOSSIER_NOT_FOUND" && invisible == absent, stranger.id(),
      "GetDossier of the followed pupil, without a basis", Told(invisible));
}

}  // namespace

absl::Status TellAudit(Plot& plot) {
  plot.narrator.Chapter(5, "nobody without a basis, and who saw what");
  VSV_RETURN_IF_ERROR(TellStranger(plot));
  const Actor& school = *plot.schools.at("vmbo-de-eemhoek");
  audit::ListAuditEntriesRequest list;
  list.set_subject(plot.dossier);
  list.set_page_size(1000);
  const absl::StatusOr<audit::ListAuditEntriesResponse> trail =
      school.Call<audit::ListAuditEntriesResponse>("ListAuditEntries", list, "audit");
  if (!trail.ok())
    return plot.narrator.Step(false, school.id(), "ListAuditEntries", Told(trail.status()));
  bool refused = false;
  bool read_by_mbo = false;
  std::set<std::string> organisations;
  for (const audit::AuditEntry& entry : trail->audit_entries()) {
    organisations.insert(entry.organisation());
    refused |= entry.outcome() == audit::AuditEntry::OUTCOME_NOT_FOUND &&
               entry.organisation() == "organisations/praktijkschool-de-werf";
    read_by_mbo |= entry.outcome() == audit::AuditEntry::OUTCOME_GRANTED &&
                   entry.organisation() == "organisations/rocmn-techniek-utrecht";
  }
  VSV_RETURN_IF_ERROR(plot.narrator.Step(
      refused && read_by_mbo, school.id(),
      "ListAuditEntries of the followed dossier, as controller",
      absl::StrCat(trail->audit_entries_size(), " entries of ", organisations.size(),
                   " organisations, the refused try among them")));
  for (int i = 0; i < std::min(trail->audit_entries_size(), 12); ++i)
    plot.narrator.Detail(Line(trail->audit_entries(i)));
  return absl::OkStatus();
}

}  // namespace vsv::story
