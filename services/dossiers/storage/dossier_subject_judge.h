// Who may read the audit trail of a dossier: whoever made it, and whoever is responsible for it
// now.
#pragma once

#include "libs/audit/audit_service.h"

namespace vsv::dossiers {

// Thread-safe.
class DossierSubjectJudge : public audit::SubjectJudge {
 public:
  absl::StatusOr<audit::JudgedSubject> Judge(pg::Transaction& tx, const rpc::CallContext& call,
                                             absl::string_view subject) override;
};

}  // namespace vsv::dossiers
