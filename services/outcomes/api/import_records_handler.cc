// CohortHandlers::ImportRecords.
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/outcomes/api/cohort_handlers.h"
#include "services/outcomes/api/convert_cohort.h"
#include "services/outcomes/api/field_reader.h"
#include "services/outcomes/api/mutation.h"

#include "absl/strings/str_cat.h"

#include <set>
#include <utility>

namespace vsv::outcomes {
namespace {

constexpr int kMostRecords = 1000;

// A row of the request: read, or refused with what is wrong.
struct Row {
  CohortPupil pupil;
  std::vector<std::string> violations;
};

std::vector<std::string> Describe(const FieldReader& reader) {
  std::vector<std::string> texts;
  for (const errors::Violation& violation : reader.violations()) {
    texts.push_back(absl::StrCat(violation.field, ": ", violation.description));
  }
  return texts;
}

std::vector<Row> ReadRows(const v1::ImportCohortRecordsRequest& request, const Cohort& cohort,
                          const PupilKeys& keys) {
  std::vector<Row> rows;
  std::set<std::string> seen_keys;
  std::set<std::string> seen_references;
  for (int i = 0; i < request.records_size(); ++i) {
    const std::string field = absl::StrCat("records[", i, "]");
    FieldReader reader;
    Row row;
    row.pupil = ParseRecord(request.records(i), field, cohort, keys, reader);
    const bool fine = reader.violations().empty();
    if (fine && !seen_keys.insert(row.pupil.pupil_key).second) {
      reader.Violate(absl::StrCat(field, ".pgn"), "stands in an earlier row too");
    }
    if (fine && !seen_references.insert(row.pupil.record_reference).second) {
      reader.Violate(absl::StrCat(field, ".record_reference"), "stands in an earlier row too");
    }
    row.violations = Describe(reader);
    rows.push_back(std::move(row));
  }
  return rows;
}

void SetVerdict(PupilVerdict verdict, int row, v1::RecordRowVerdict& proto) {
  switch (verdict) {
    case PupilVerdict::kAdded:
      proto.set_verdict(v1::RECORD_VERDICT_ADDED);
      return;
    case PupilVerdict::kReplaced:
      proto.set_verdict(v1::RECORD_VERDICT_REPLACED);
      return;
    case PupilVerdict::kUnchanged:
      proto.set_verdict(v1::RECORD_VERDICT_UNCHANGED);
      return;
    case PupilVerdict::kReferenceTaken:
      proto.set_verdict(v1::RECORD_VERDICT_REFUSED);
      proto.add_violations(absl::StrCat("records[", row, "].record_reference: is another pupil's"));
      return;
  }
}

v1::ImportCohortRecordsResponse ToResponse(const std::vector<Row>& rows,
                                           const ImportedPupils& imported) {
  v1::ImportCohortRecordsResponse response;
  response.set_record_count(imported.record_count);
  size_t next = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    v1::RecordRowVerdict* const proto = response.add_verdicts();
    proto->set_row(static_cast<int>(i));
    if (rows[i].violations.empty()) {
      SetVerdict(imported.verdicts[next++], static_cast<int>(i), *proto);
      continue;
    }
    proto->set_verdict(v1::RECORD_VERDICT_REFUSED);
    for (const std::string& violation : rows[i].violations) proto->add_violations(violation);
  }
  return response;
}

}  // namespace

absl::StatusOr<policy::Cleared<v1::ImportCohortRecordsResponse>> CohortHandlers::ImportRecords(
    const rpc::CallContext& call, const v1::ImportCohortRecordsRequest& request) {
  FieldReader reader;
  ImportPupilsCommand command;
  command.mutation = MutationOf(call, request, reader);
  const std::vector<std::string> ids = reader.Cohort(request.name(), "name");
  command.cohort = {ids[0], ids[1]};
  if (request.records_size() < 1 || request.records_size() > kMostRecords) {
    reader.Violate("records", "must be 1 to 1000");
  }
  VSV_RETURN_IF_ERROR(reader.status());
  // The count date, to decide by. Whether the cohort is the caller's own is judged by the store,
  // with its audit row; of a cohort that is not there no record is read.
  const absl::StatusOr<Cohort> cohort =
      Single(context_.cohorts.GetCohorts({command.cohort}, call.deadline));
  if (!cohort.ok() && !absl::IsNotFound(cohort.status())) return cohort.status();
  std::vector<Row> rows;
  command.undecided = !cohort.ok() || cohort->institution_id != call.caller.organisation_id;
  if (!command.undecided) rows = ReadRows(request, *cohort, context_.pupil_keys);
  for (const Row& row : rows) {
    if (row.violations.empty()) command.pupils.push_back(row.pupil);
  }
  VSV_ASSIGN_OR_RETURN(const ImportedPupils imported, context_.cohorts.ImportPupils(command));
  return policy::NoPersonalData(ToResponse(rows, imported));
}

}  // namespace vsv::outcomes
