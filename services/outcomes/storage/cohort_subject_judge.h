// Who may read the audit trail of a pupil of a cohort.
#pragma once

#include "libs/audit/audit_service.h"

namespace vsv::outcomes {

// The institution that supplied the record, which is also who answers the pupil. A subject is named
// `regions/{region}/cohorts/{cohort}/records/{record_reference}`, by whatever reference an import
// takes. Thread-safe.
class CohortSubjectJudge : public audit::SubjectJudge {
 public:
  absl::StatusOr<audit::JudgedSubject> Judge(pg::Transaction& tx, const rpc::CallContext& call,
                                             absl::string_view subject) override;
};

}  // namespace vsv::outcomes
