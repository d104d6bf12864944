#include "services/programs/storage/change_subject_judge.h"

#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/programs/domain/names.h"
#include "services/programs/storage/statements.h"

#include <string>

namespace vsv::programs {
namespace {

struct Subject {
  std::string region;
  std::string kind;
};

absl::StatusOr<Subject> ParseSubject(absl::string_view name) {
  if (const auto program = ParseProgramName(name)) return Subject{program->region, "PROGRAM"};
  if (const auto line = ParseLineName(name)) return Subject{line->program.region, "LINE"};
  if (const auto measure = ParseMeasureName(name)) {
    return Subject{measure->line.program.region, "MEASURE"};
  }
  if (const auto link = ParseIndicatorLinkName(name)) {
    return Subject{link->line.program.region, "INDICATOR_LINK"};
  }
  if (const auto assignment = ParseSpecialAssignmentName(name)) {
    return Subject{assignment->program.region, "SPECIAL_ASSIGNMENT"};
  }
  return errors::FieldInvalid("subject",
                              "expected regions/{region}/programs/{program} or a name under it");
}

}  // namespace

absl::StatusOr<audit::JudgedSubject> ChangeSubjectJudge::Judge(pg::Transaction& tx,
                                                               const rpc::CallContext& call,
                                                               absl::string_view subject) {
  VSV_ASSIGN_OR_RETURN(Subject parsed, ParseSubject(subject));
  VSV_ASSIGN_OR_RETURN(
      const pg::Result result,
      tx.Execute(sql::kJudgeAuditReader, pg::Params()
                                             .Text(parsed.region)
                                             .Text(subject)
                                             .Text(call.caller.organisation_id)
                                             .Day(base::LocalDay(call.start_time))));
  return audit::JudgedSubject{.region = std::move(parsed.region),
                              .subject_id = std::string(subject),
                              .resource_kind = std::move(parsed.kind),
                              .may_read = result[0].Bool("may_read")};
}

}  // namespace vsv::programs
