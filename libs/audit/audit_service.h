// vsv.audit.v1.AuditService.
#pragma once

#include "libs/aip/page_token.h"
#include "libs/audit/audit.h"
#include "libs/pg/pool.h"
#include "libs/pg/transaction.h"
#include "libs/policy/redact.h"
#include "libs/rpc/unary.h"

#include "vsv/audit/v1/audit_service.grpc.pb.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <string>

namespace vsv::audit {

// What a service says of a subject that was asked about.
struct JudgedSubject {
  std::string region;
  std::string subject_id;     // as in Entry::subject_ids
  std::string resource_kind;  // "DOSSIER"
  bool may_read =
      false;  // false: absent, or the caller does not account for it; both SUBJECT_NOT_FOUND
};

// Who may read the trail of a subject is the service's to decide: the responsible organisation and
// the controller.
class SubjectJudge {
 public:
  virtual ~SubjectJudge() = default;
  // Judges in the reading transaction, whose row context is the caller's organisation, by the same
  // queries for what is absent and what is not the caller's. FIELD_INVALID when `subject` is no
  // name of this service.
  virtual absl::StatusOr<JudgedSubject> Judge(pg::Transaction& tx, const rpc::CallContext& call,
                                              absl::string_view subject) = 0;
};

class AuditService : public v1::AuditService::CallbackService {
 public:
  // All must outlive the service. `app`: pool of the app role. `processing_activity`: what reading
  // the trail is called in the register of processing, e.g. "verantwoording-inzage".
  AuditService(rpc::Runtime& runtime, pg::Pool& app, SubjectJudge& judge,
               const aip::PageTokens& tokens, std::string processing_activity)
      : runtime_(runtime),
        app_(app),
        judge_(judge),
        tokens_(tokens),
        processing_activity_(std::move(processing_activity)) {}

  grpc::ServerUnaryReactor* ListAuditEntries(grpc::CallbackServerContext* context,
                                             const v1::ListAuditEntriesRequest* request,
                                             v1::ListAuditEntriesResponse* response) override;

 private:
  using Reply = absl::StatusOr<policy::Cleared<v1::ListAuditEntriesResponse>>;
  Reply List(const rpc::CallContext& call, const v1::ListAuditEntriesRequest& request);

  rpc::Runtime& runtime_;
  pg::Pool& app_;
  SubjectJudge& judge_;
  const aip::PageTokens& tokens_;
  const std::string processing_activity_;
};

// The entry of a call, without what is its own: resource kind, categories, outcome, subjects.
Entry EntryOf(const rpc::CallContext& call, absl::string_view region,
              absl::string_view processing_activity);

}  // namespace vsv::audit
