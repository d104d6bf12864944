#include "services/dossiers/api/dossier_handlers.h"

#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/status_bridge.h"
#include "services/dossiers/api/call_asker.h"
#include "services/dossiers/api/checks.h"
#include "services/dossiers/api/convert_dossier.h"
#include "services/dossiers/api/dossier_filter.h"
#include "services/dossiers/api/mutation.h"
#include "services/dossiers/api/parse_create.h"
#include "services/dossiers/api/parse_update.h"
#include "services/dossiers/api/resource_names.h"

#include "google/rpc/status.pb.h"

#include "absl/types/span.h"

#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {
namespace {

constexpr aip::PageSizeLimits kPageSizes{50, 200};
constexpr int kMostRequests = 200;  // of a batch, or of a message of an import

using Rows = std::vector<absl::StatusOr<DossierRow>>;

google::rpc::Status ToRpcStatus(const absl::Status& status, const rpc::CallContext& call) {
  const grpc::Status bridged = rpc::ToGrpc(status, call.method, call.trace_id);
  google::rpc::Status out;
  if (!out.ParseFromString(bridged.error_details())) out.Clear();
  out.set_code(bridged.error_code());
  out.set_message(bridged.error_message());
  return out;
}

// One verdict, redacted to what its own dossier was granted.
policy::Cleared<v1::CreateDossierVerdict> ToVerdict(const absl::StatusOr<DossierRow>& row,
                                                    const rpc::CallContext& call) {
  v1::CreateDossierVerdict verdict;
  CategorySet granted;
  absl::Status refused = row.status();
  if (row.ok()) {
    absl::StatusOr<v1::Dossier> dossier = ToProto(*row);
    refused = dossier.status();
    if (dossier.ok()) *verdict.mutable_dossier() = *std::move(dossier);
    granted = row->granted;
  }
  if (!refused.ok()) *verdict.mutable_error() = ToRpcStatus(refused, call);
  return policy::Redact(std::move(verdict), ToPolicy(granted));
}

// The same for who needs no more than its name; "" for what was only validated.
policy::Cleared<v1::ImportDossierVerdict> ToNameVerdict(const absl::StatusOr<DossierRow>& row,
                                                        const rpc::CallContext& call) {
  v1::ImportDossierVerdict verdict;
  if (!row.ok()) {
    *verdict.mutable_error() = ToRpcStatus(row.status(), call);
    return policy::Redact(std::move(verdict), {});
  }
  const Dossier& made = row->dossier;
  verdict.set_dossier(made.id.empty() ? "" : FormatDossier(made.region, made.id));
  return policy::Redact(std::move(verdict), ToPolicy(row->granted));
}

// A verdict for each request of a message that has a `parent` and `requests`, in order.
template <typename Requests>
absl::StatusOr<Rows> CreateEach(const rpc::CallContext& call, const Requests& message,
                                DossierStore& store, const base::Clock& clock) {
  std::vector<errors::Violation> violations;
  if (message.requests_size() > kMostRequests) {
    errors::AddViolation(violations, "requests",
                         "expected at most " + std::to_string(kMostRequests));
  }
  Rows rows;
  std::vector<CreateCommand> commands;
  std::vector<size_t> places;  // of each command in the message
  for (const v1::CreateDossierRequest& one : message.requests()) {
    if (one.parent() != message.parent()) {
      errors::AddViolation(violations, "requests[" + std::to_string(rows.size()) + "].parent",
                           "expected the parent of the batch");
    }
    absl::StatusOr<CreateCommand> command = ParseCreate(call, one, clock);
    rows.emplace_back(command.status().ok() ? errors::Internal("no verdict") : command.status());
    if (!command.ok()) continue;
    commands.push_back(*std::move(command));
    places.push_back(rows.size() - 1);
  }
  if (!violations.empty()) return errors::FieldsInvalid(violations);
  if (commands.empty()) return rows;
  Rows made = store.Create(commands);
  for (size_t i = 0; i < made.size(); ++i) rows[places[i]] = std::move(made[i]);
  return rows;
}

}  // namespace

DossierHandlers::Reply DossierHandlers::Create(const rpc::CallContext& call,
                                               const v1::CreateDossierRequest& request) {
  VSV_ASSIGN_OR_RETURN(const CreateCommand command, ParseCreate(call, request, clock_));
  VSV_ASSIGN_OR_RETURN(const DossierRow row,
                       std::move(store_.Create(absl::MakeConstSpan(&command, 1)).front()));
  return ToCleared(row);
}

absl::StatusOr<policy::Cleared<v1::BatchCreateDossiersResponse>> DossierHandlers::BatchCreate(
    const rpc::CallContext& call, const v1::BatchCreateDossiersRequest& request) {
  VSV_ASSIGN_OR_RETURN(const Rows rows, CreateEach(call, request, store_, clock_));
  std::vector<policy::Cleared<v1::CreateDossierVerdict>> verdicts;
  verdicts.reserve(rows.size());
  for (const absl::StatusOr<DossierRow>& row : rows) verdicts.push_back(ToVerdict(row, call));
  return policy::Assemble(
      v1::BatchCreateDossiersResponse(), std::move(verdicts),
      [](v1::BatchCreateDossiersResponse* reply) { return reply->mutable_verdicts(); });
}

absl::StatusOr<policy::Cleared<v1::ImportDossiersResponse>> DossierHandlers::Import(
    const rpc::CallContext& call, const v1::ImportDossiersRequest& request) {
  VSV_ASSIGN_OR_RETURN(const Rows rows, CreateEach(call, request, store_, clock_));
  std::vector<policy::Cleared<v1::ImportDossierVerdict>> verdicts;
  verdicts.reserve(rows.size());
  for (const absl::StatusOr<DossierRow>& row : rows) verdicts.push_back(ToNameVerdict(row, call));
  return policy::Assemble(
      v1::ImportDossiersResponse(), std::move(verdicts),
      [](v1::ImportDossiersResponse* reply) { return reply->mutable_verdicts(); });
}

DossierHandlers::Reply DossierHandlers::Get(const rpc::CallContext& call,
                                            const v1::GetDossierRequest& request) {
  Checks checks(request);
  const DossierName name = checks.Take(ParseDossierName(request.name(), "name"));
  VSV_RETURN_IF_ERROR(checks.Status());
  const GetCommand command{MakeAsker(call), name.region, name.dossier};
  VSV_ASSIGN_OR_RETURN(const DossierRow row,
                       std::move(store_.Get(absl::MakeConstSpan(&command, 1)).front()));
  return ToCleared(row);
}

absl::StatusOr<policy::Cleared<v1::ListDossiersResponse>> DossierHandlers::List(
    const rpc::CallContext& call, const v1::ListDossiersRequest& request) {
  Checks checks(request);
  ListCommand command;
  command.asker = MakeAsker(call);
  command.region = checks.Take(ParseRegion(request.parent(), "parent"));
  command.filter = checks.Take(ParseDossierFilter(request.filter()));
  command.limits = {checks.Take(aip::PageSize(request.page_size(), kPageSizes)),
                    aip::kFullPageBytes};
  VSV_RETURN_IF_ERROR(checks.Status());
  VSV_ASSIGN_OR_RETURN(const std::vector<std::string> after,
                       tokens_.Read(request, call.caller.organisation_id));
  if (!after.empty()) command.after = DossierId(after.front());
  VSV_ASSIGN_OR_RETURN(const Page<DossierRow> page, store_.List(command));
  v1::ListDossiersResponse shell;
  std::vector<policy::Cleared<v1::Dossier>> dossiers;
  dossiers.reserve(page.rows.size());
  for (const DossierRow& row : page.rows) {
    VSV_ASSIGN_OR_RETURN(policy::Cleared<v1::Dossier> cleared, ToCleared(row));
    dossiers.push_back(std::move(cleared));
  }
  if (page.more) {
    shell.set_next_page_token(
        tokens_.Make(request, call.caller.organisation_id, {page.rows.back().dossier.id.value()}));
  }
  return policy::Assemble(
      std::move(shell), std::move(dossiers),
      [](v1::ListDossiersResponse* reply) { return reply->mutable_dossiers(); });
}

DossierHandlers::Reply DossierHandlers::Update(const rpc::CallContext& call,
                                               const v1::UpdateDossierRequest& request) {
  Checks checks(request);
  const DossierName name = checks.Take(ParseDossierName(request.dossier().name(), "dossier.name"));
  const google::protobuf::FieldMask mask = EffectiveMask(request, checks);
  MutateCommand command = BeginMutation(call, request, {name.region, name.dossier, std::nullopt},
                                        request.dossier().etag(), checks);
  VSV_RETURN_IF_ERROR(checks.Status());
  command.validate_only = request.validate_only();
  command.decide = [asker = command.asker, asked = request.dossier(),
                    mask](const DossierRow& row) -> absl::StatusOr<DossierChange> {
    VSV_ASSIGN_OR_RETURN(const WriteCommand write, ParseUpdate(asked, mask, row, asker.today));
    return Write(row, asker, write);
  };
  VSV_ASSIGN_OR_RETURN(const DossierRow row, RunMutation(store_, command));
  return ToCleared(row);
}

}  // namespace vsv::dossiers
