// Who may read the trail of changes: those who steer the programme of the region.
#pragma once

#include "libs/audit/audit_service.h"

namespace vsv::programs {

// The subject is a program, or anything under one, that was changed at least once.
class ChangeSubjectJudge : public audit::SubjectJudge {
 public:
  absl::StatusOr<audit::JudgedSubject> Judge(pg::Transaction& tx, const rpc::CallContext& call,
                                             absl::string_view subject) override;
};

}  // namespace vsv::programs
