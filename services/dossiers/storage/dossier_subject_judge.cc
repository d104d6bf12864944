#include "services/dossiers/storage/dossier_subject_judge.h"

#include "libs/aip/resource_name.h"
#include "libs/base/status_macros.h"
#include "services/dossiers/storage/access_log.h"
#include "services/dossiers/storage/statements.h"

#include <string>
#include <vector>

namespace vsv::dossiers {

absl::StatusOr<audit::JudgedSubject> DossierSubjectJudge::Judge(pg::Transaction& tx,
                                                                const rpc::CallContext& call,
                                                                absl::string_view subject) {
  static const auto* pattern =
      new aip::ResourcePattern("regions/{region=region}/dossiers/{dossier=uuid}");
  VSV_ASSIGN_OR_RETURN(const std::vector<std::string> ids, pattern->ParseField(subject, "subject"));
  VSV_ASSIGN_OR_RETURN(
      const pg::Result result,
      tx.Execute(sql::kJudgeAuditReader,
                 pg::Params().Text(ids[0]).Text(ids[1]).Text(call.caller.organisation_id)));
  audit::JudgedSubject judged;
  judged.region = ids[0];
  judged.subject_id = ids[1];
  judged.resource_kind = kDossierKind;
  judged.may_read = result[0].Bool("may_read");
  return judged;
}

}  // namespace vsv::dossiers
