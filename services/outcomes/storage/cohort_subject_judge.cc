#include "services/outcomes/storage/cohort_subject_judge.h"

#include "libs/aip/resource_name.h"
#include "libs/base/hash.h"
#include "libs/base/status_macros.h"
#include "services/outcomes/storage/statements.h"

namespace vsv::outcomes {

absl::StatusOr<audit::JudgedSubject> CohortSubjectJudge::Judge(pg::Transaction& tx,
                                                               const rpc::CallContext& call,
                                                               absl::string_view subject) {
  static const auto* const kPattern =
      new aip::ResourcePattern("regions/{region=region}/cohorts/{cohort=slug}/records/{record}");
  VSV_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                       kPattern->ParseField(subject, "subject"));
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(sql::kGetPupilKey, pg::Params().Text(ids[0]).Text(ids[1]).Text(ids[2]).Text(
                                        call.caller.organisation_id)));
  audit::JudgedSubject judged;
  judged.region = ids[0];
  judged.resource_kind = "COHORT";
  judged.may_read = !rows.empty();
  if (judged.may_read) judged.subject_id = base::HexEncode(rows[0].Bytes("pupil_key"));
  return judged;
}

}  // namespace vsv::outcomes
