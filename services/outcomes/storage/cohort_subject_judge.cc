#include "services/outcomes/storage/cohort_subject_judge.h"

#include "libs/aip/resource_name.h"
#include "libs/base/hash.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/outcomes/domain/cohort.h"
#include "services/outcomes/storage/statements.h"

#include "absl/strings/str_split.h"

namespace vsv::outcomes {
namespace {

const aip::ResourcePattern& CohortPattern() {
  static const auto* const kPattern =
      new aip::ResourcePattern("regions/{region=region}/cohorts/{cohort=slug}");
  return *kPattern;
}

}  // namespace

absl::StatusOr<audit::JudgedSubject> CohortSubjectJudge::Judge(pg::Transaction& tx,
                                                               const rpc::CallContext& call,
                                                               absl::string_view subject) {
  // The reference is the institution's and no id of ours: it has its own rule.
  const std::vector<std::string> parts = absl::StrSplit(subject, absl::MaxSplits("/records/", 1));
  const auto cohort = CohortPattern().Parse(parts[0]);
  if (!cohort.has_value() || parts.size() != 2 || !IsRecordReference(parts[1])) {
    return errors::FieldInvalid(
        "subject", "must have the form regions/{region}/cohorts/{cohort}/records/{record}");
  }
  VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                       tx.Execute(sql::kGetPupilKey, pg::Params()
                                                         .Text(cohort->at(0))
                                                         .Text(cohort->at(1))
                                                         .Text(parts[1])
                                                         .Text(call.caller.organisation_id)));
  audit::JudgedSubject judged;
  judged.region = cohort->at(0);
  judged.resource_kind = "COHORT";
  judged.may_read = !rows.empty();
  if (judged.may_read) judged.subject_id = base::HexEncode(rows[0].Bytes("pupil_key"));
  return judged;
}

}  // namespace vsv::outcomes
