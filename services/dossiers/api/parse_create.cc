#include "services/dossiers/api/parse_create.h"

#include "libs/aip/proto_time.h"
#include "libs/base/identifiers.h"
#include "libs/base/school_year.h"
#include "libs/base/status_macros.h"
#include "libs/base/uuid.h"
#include "services/dossiers/api/call_asker.h"
#include "services/dossiers/api/checks.h"
#include "services/dossiers/api/convert_related.h"
#include "services/dossiers/api/enums.h"
#include "services/dossiers/api/resource_names.h"
#include "services/dossiers/api/sections.h"
#include "services/dossiers/api/validate_content.h"
#include "services/dossiers/domain/count_changes.h"
#include "services/dossiers/domain/dossier_rules.h"

#include <utility>

namespace vsv::dossiers {
namespace {

// What field behaviour cannot say, because the same message also serves updates.
void RequireAtCreation(const v1::Dossier& dossier, Checks& checks) {
  checks.Require(dossier.origin() != v1::ORIGIN_UNSPECIFIED, "dossier.origin", "required");
  checks.Require(!dossier.school_year().empty(), "dossier.school_year", "required");
  checks.Require(dossier.has_due_date(), "dossier.due_date", "required");
  checks.Require(!dossier.pgn().empty(), "dossier.pgn", "required");
  checks.Require(dossier.has_administrative(), "dossier.administrative", "required");
}

void ValidateCreate(const v1::Dossier& dossier, int school_year, absl::CivilDay today,
                    Checks& checks) {
  RequireAtCreation(dossier, checks);
  ValidateContent(dossier, school_year, today, "dossier", checks.violations());
  ValidateSecretAddress(dossier, "dossier", checks.violations());
  const base::SchoolYear year(school_year);
  const base::SchoolYear now = base::SchoolYear::Of(today);
  const bool near = now.Previous() <= year && year <= now.Next();
  checks.Require(dossier.school_year().empty() || near, "dossier.school_year",
                 "expected the present school year, the one before or the one after");
}

Dossier Draft(const v1::Dossier& dossier, const RegionId& region, int school_year) {
  Dossier draft;
  draft.region = region;
  draft.origin = FromProto<Origin>(dossier.origin());
  if (dossier.finality() != v1::FINALITY_UNSPECIFIED)
    draft.finality = FromProto<Finality>(dossier.finality());
  draft.late_entrant = dossier.late_entrant();
  draft.residence = MunicipalityCode(
      base::NormaliseMunicipalityCode(dossier.residence_municipality_code()).value_or(""));
  draft.has_start_qualification = dossier.has_start_qualification();
  draft.school_year = school_year;
  draft.due_on = ParseDay(dossier.due_date());
  draft.birth_on = ParseDay(dossier.administrative().birth_date());
  return draft;
}

}  // namespace

absl::StatusOr<CreateCommand> ParseCreate(const rpc::CallContext& call,
                                          const v1::CreateDossierRequest& request,
                                          const base::Clock& clock) {
  Checks checks(request);
  CreateCommand command;
  command.asker = MakeAsker(call);
  const RegionId region = checks.Take(ParseRegion(request.parent(), "parent"));
  const v1::Dossier& dossier = request.dossier();
  const auto year = base::SchoolYear::Parse(dossier.school_year());
  const int school_year =
      year.value_or(base::SchoolYear::Of(command.asker.today)).first_calendar_year();
  ValidateCreate(dossier, school_year, command.asker.today, checks);
  command.request = checks.Take(MakeRequestKey(request));
  VSV_RETURN_IF_ERROR(checks.Status());
  command.pgn = dossier.pgn();
  command.dossier = Start(Draft(dossier, region, school_year), command.asker);
  command.dossier.id = DossierId(base::NewUuidV7(clock));
  command.sections = SectionsOf(dossier);
  command.handover = InitialHandover(SaysHandoverNeeded(dossier), school_year);
  command.counts = CountsOfNew(command.dossier, command.handover, command.asker.today);
  command.validate_only = request.validate_only();
  return command;
}

}  // namespace vsv::dossiers
