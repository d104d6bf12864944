#include "services/dossiers/api/parse_update.h"

#include "libs/aip/field_behaviors.h"
#include "libs/aip/field_mask.h"
#include "libs/base/identifiers.h"
#include "libs/base/status_macros.h"
#include "services/dossiers/api/convert_related.h"
#include "services/dossiers/api/enums.h"
#include "services/dossiers/api/sections.h"
#include "services/dossiers/api/validate_content.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <string>

namespace vsv::dossiers {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;

bool Has(const FieldMask& mask, absl::string_view path) {
  for (const std::string& touched : mask.paths()) {
    if (touched == path) return true;
  }
  return false;
}

void AddFacts(const v1::Dossier& asked, const FieldMask& mask, WriteCommand& command) {
  if (Has(mask, "finality")) {
    command.finality =
        asked.finality() == v1::FINALITY_FINAL ? Finality::kFinal : Finality::kProvisional;
  }
  if (Has(mask, "residence_municipality_code")) {
    command.residence = MunicipalityCode(
        base::NormaliseMunicipalityCode(asked.residence_municipality_code()).value_or(""));
  }
  if (Has(mask, "has_start_qualification"))
    command.has_start_qualification = asked.has_start_qualification();
  if (Has(mask, "due_date")) command.due_on = ParseDay(asked.due_date());
}

void AddSections(const v1::Dossier& asked, const FieldMask& mask, WriteCommand& command) {
  for (const std::string& path : mask.paths()) {
    const FieldDescriptor* field = v1::Dossier::descriptor()->FindFieldByName(path);
    const std::optional<Category> category =
        field == nullptr ? std::nullopt : SectionCategory(*field);
    if (!category.has_value()) continue;
    if (!asked.GetReflection()->HasField(asked, field)) command.cleared.push_back(*category);
  }
  v1::Dossier masked;
  aip::ApplyFieldMask(mask, asked, masked);
  command.sections = SectionsOf(masked);
}

}  // namespace

FieldMask EffectiveMask(const v1::UpdateDossierRequest& request, Checks& checks) {
  const google::protobuf::Descriptor& type = *v1::Dossier::descriptor();
  const v1::Dossier& asked = request.dossier();
  const FieldMask writable = aip::WritableMask(type, [](const FieldDescriptor&) { return true; });
  aip::CheckFieldMask(request.update_mask(), type, "update_mask", checks.violations());
  FieldMask mask = request.update_mask();
  const bool all = mask.paths_size() == 1 && mask.paths(0) == "*";
  if (all) mask = writable;
  if (mask.paths().empty()) {
    for (const std::string& path : writable.paths()) {
      const FieldDescriptor* field = type.FindFieldByName(path);
      if (asked.GetReflection()->HasField(asked, field)) mask.add_paths(path);
    }
  }
  for (int i = 0; i < mask.paths_size(); ++i) {
    const std::string place = absl::StrCat("update_mask.paths[", i, "]");
    const auto& known = checks.violations();
    const bool said = std::any_of(known.begin(), known.end(), [&place](const auto& violation) {
      return violation.field == place;
    });
    checks.Require(said || Has(writable, mask.paths(i)), place,
                   "is no field of one level that can be written; a section is written as a whole");
  }
  checks.Require(!mask.paths().empty(), "update_mask", "nothing to write");
  checks.Require(!Has(mask, "due_date") || asked.has_due_date(), "dossier.due_date", "required");
  checks.Require(!Has(mask, "administrative") || asked.has_administrative(),
                 "dossier.administrative", "required");
  return mask;
}

absl::StatusOr<WriteCommand> ParseUpdate(const v1::Dossier& asked, const FieldMask& mask,
                                         const DossierRow& row, absl::CivilDay today) {
  v1::Dossier whole;
  for (const Section& section : row.sections) VSV_RETURN_IF_ERROR(PutSection(section, whole));
  aip::ApplyFieldMask(mask, asked, whole);
  std::vector<errors::Violation> violations;
  ValidateContent(whole, row.dossier.school_year, today, "dossier", violations);
  ValidateSecretAddress(whole, "dossier", violations);
  if (whole.has_administrative() &&
      ParseDay(whole.administrative().birth_date()) != row.dossier.birth_on) {
    errors::AddViolation(violations, "dossier.administrative.birth_date",
                         "is fixed when the dossier is made");
  }
  if (!violations.empty()) return errors::FieldsInvalid(violations);
  WriteCommand command;
  AddFacts(asked, mask, command);
  AddSections(asked, mask, command);
  command.handover_needed = SaysHandoverNeeded(whole);
  return command;
}

}  // namespace vsv::dossiers
