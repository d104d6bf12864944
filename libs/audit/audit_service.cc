#include "libs/audit/audit_service.h"

#include "libs/aip/proto_time.h"
#include "libs/base/status_macros.h"
#include "libs/base/uuid.h"
#include "libs/errors/errors.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include <optional>
#include <utility>
#include <vector>

namespace vsv::audit {
namespace {

// The category of all that an entry tells.
const policy::CategorySet& Granted() {
  static const auto* const kGranted = new policy::CategorySet{policy::v1::DATA_CATEGORY_PROCESS};
  return *kGranted;
}

std::string OrganisationName(const std::string& id) {
  return absl::StrCat("organisations/", id);
}

v1::AuditEntry::Outcome ToProto(Outcome outcome) {
  switch (outcome) {
    case Outcome::kGranted:
      return v1::AuditEntry::OUTCOME_GRANTED;
    case Outcome::kRefused:
      return v1::AuditEntry::OUTCOME_REFUSED;
    case Outcome::kNotFound:
      return v1::AuditEntry::OUTCOME_NOT_FOUND;
  }
  return v1::AuditEntry::OUTCOME_UNSPECIFIED;
}

v1::AuditEntry ToProto(const StoredEntry& stored) {
  const Entry& entry = stored.entry;
  v1::AuditEntry proto;
  proto.set_name(absl::StrCat("regions/", entry.region, "/auditEntries/", stored.id));
  *proto.mutable_record_time() = aip::ToProto(entry.recorded_at);
  proto.set_method(entry.method);
  proto.set_resource_kind(entry.resource_kind);
  proto.set_organisation(OrganisationName(entry.organisation_id));
  proto.set_acting_organisation(OrganisationName(entry.acting_organisation_id));
  proto.set_user_id(entry.user_id);
  policy::v1::Purpose purpose = policy::v1::PURPOSE_UNSPECIFIED;
  policy::v1::Purpose_Parse(absl::StrCat("PURPOSE_", entry.purpose), &purpose);
  proto.set_purpose(purpose);
  proto.set_processing_activity(entry.processing_activity);
  for (const std::string& name : entry.categories) {
    policy::v1::DataCategory category = policy::v1::DATA_CATEGORY_UNSPECIFIED;
    policy::v1::DataCategory_Parse(absl::StrCat("DATA_CATEGORY_", name), &category);
    proto.add_data_categories(category);
  }
  proto.set_outcome(ToProto(entry.outcome));
  proto.set_trace_id(entry.trace_id);
  return proto;
}

// The sort key of a page token is the id of the last entry of its page.
absl::StatusOr<std::optional<std::string>> Before(const std::vector<std::string>& sort_key) {
  if (sort_key.empty()) return std::optional<std::string>();
  if (sort_key.size() != 1 || !base::IsUuid(sort_key[0])) return errors::PageTokenInvalid();
  return std::optional<std::string>(sort_key[0]);
}

// What one call reads, and whether it may.
struct Page {
  bool may_read = false;
  std::vector<StoredEntry> entries;
};

}  // namespace

Entry EntryOf(const rpc::CallContext& call, absl::string_view region,
              absl::string_view processing_activity) {
  Entry entry;
  entry.region = std::string(region);
  entry.recorded_at = call.start_time;
  entry.method = call.method;
  entry.organisation_id = call.caller.organisation_id;
  entry.acting_organisation_id = call.caller.acting_organisation_id;
  entry.purpose =
      std::string(absl::StripPrefix(policy::v1::Purpose_Name(call.caller.purpose), "PURPOSE_"));
  entry.processing_activity = std::string(processing_activity);
  entry.trace_id = call.trace_id;
  return entry;
}

AuditService::Reply AuditService::List(const rpc::CallContext& call,
                                       const v1::ListAuditEntriesRequest& request) {
  const std::string& caller = call.caller.organisation_id;
  VSV_ASSIGN_OR_RETURN(const std::vector<std::string> sort_key, tokens_.Read(request, caller));
  VSV_ASSIGN_OR_RETURN(const std::optional<std::string> before, Before(sort_key));
  VSV_ASSIGN_OR_RETURN(const int page_size, aip::PageSize(request.page_size()));
  Page page;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      app_, pg::Mode::kReadWrite, call.deadline, {{caller}},
      [&](pg::Transaction& tx) -> absl::Status {
        page = Page();
        VSV_ASSIGN_OR_RETURN(const JudgedSubject subject,
                             judge_.Judge(tx, call, request.subject()));
        page.may_read = subject.may_read;
        if (subject.may_read) {
          VSV_ASSIGN_OR_RETURN(page.entries, ListEntries(tx, subject.region, subject.subject_id,
                                                         before, page_size + 1));
        }
        // Reading the trail is an act too, and so is a refused try: either is in it next time.
        Entry entry = EntryOf(call, subject.region, processing_activity_);
        entry.resource_kind = subject.resource_kind;
        entry.outcome = subject.may_read ? Outcome::kGranted : Outcome::kNotFound;
        if (subject.may_read) entry.categories = {"PROCESS"};
        entry.subject_ids = {subject.subject_id};
        entry.subjects_may_be_gone = true;  // who has a trail has a key
        return Append(tx, {entry});
      }));
  if (!page.may_read) return errors::NotFound("SUBJECT");
  v1::ListAuditEntriesResponse shell;
  if (page.entries.size() > static_cast<size_t>(page_size)) {
    page.entries.pop_back();
    shell.set_next_page_token(tokens_.Make(request, caller, {page.entries.back().id}));
  }
  std::vector<policy::Cleared<v1::AuditEntry>> cleared;
  for (const StoredEntry& entry : page.entries)
    cleared.push_back(policy::Redact(ToProto(entry), Granted()));
  return policy::Assemble(
      std::move(shell), std::move(cleared),
      [](v1::ListAuditEntriesResponse* list) { return list->mutable_audit_entries(); });
}

grpc::ServerUnaryReactor* AuditService::ListAuditEntries(grpc::CallbackServerContext* context,
                                                         const v1::ListAuditEntriesRequest* request,
                                                         v1::ListAuditEntriesResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListAuditEntriesRequest& list) {
                      return List(call, list);
                    });
}

}  // namespace vsv::audit
