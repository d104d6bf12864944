#include "services/dossiers/api/application_handlers.h"

#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/base/uuid.h"
#include "services/dossiers/api/call_asker.h"
#include "services/dossiers/api/checks.h"
#include "services/dossiers/api/convert_related.h"
#include "services/dossiers/api/enums.h"
#include "services/dossiers/api/mutation.h"
#include "services/dossiers/domain/related_rules.h"

#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {
namespace {

constexpr aip::PageSizeLimits kPageSizes{50, 200};

policy::Cleared<v1::Application> Clear(const ApplicationRow& row) {
  return policy::Redact(ToProto(row), ToPolicy(row.granted));
}

// The application in the row that a mutation answered with. Whoever may change one may see it, also
// before the dossier is theirs to see. Who has lost the dossier is told its name, which it gave.
ApplicationHandlers::Reply FromMutation(const DossierRow& row, const ApplicationId& id) {
  for (const Application& application : row.applications) {
    if (application.id != id) continue;
    if (row.granted.empty()) {
      v1::Application known;
      known.set_name(FormatApplication(row.dossier.region, row.dossier.id, id));
      return policy::Redact(std::move(known), ToPolicy({Category::kProcess}));
    }
    return Clear(
        {row.dossier.region, row.dossier.id, application, CategorySet{Category::kProcess}});
  }
  return errors::NotFound("APPLICATION");
}

using Decision = absl::StatusOr<DossierChange> (*)(const DossierRow&, const Asker&,
                                                   const ApplicationId&);

// A transition of an application, judged by the application.
template <typename Request, typename Decide>
ApplicationHandlers::Reply Transition(DossierStore& store, const rpc::CallContext& call,
                                      const Request& request, Checks& checks, Decide decide) {
  const ApplicationName name = checks.Take(ParseApplicationName(request.name(), "name"));
  MutateCommand command =
      BeginMutation(call, request, {name.region, name.dossier, name.application}, "", checks);
  VSV_RETURN_IF_ERROR(checks.Status());
  command.validate_only = request.validate_only();
  command.decide = [asker = command.asker, id = name.application, decide](const DossierRow& row) {
    return decide(row, asker, id);
  };
  VSV_ASSIGN_OR_RETURN(const DossierRow row, RunMutation(store, command));
  return FromMutation(row, name.application);
}

}  // namespace

ApplicationHandlers::Reply ApplicationHandlers::Create(
    const rpc::CallContext& call, const v1::CreateApplicationRequest& request) {
  Checks checks(request);
  const DossierName parent = checks.Take(ParseDossierName(request.parent(), "parent"));
  const v1::Application& asked = request.application();
  checks.Take(ParseOrganisation(asked.institution(), "application.institution"));
  checks.NotAfter(asked.application_date(), base::LocalDay(call.start_time),
                  "application.application_date");
  MutateCommand command =
      BeginMutation(call, request, {parent.region, parent.dossier, std::nullopt}, "", checks);
  VSV_RETURN_IF_ERROR(checks.Status());
  Application application = ParseApplication(asked);
  application.id = ApplicationId(base::NewUuidV7(clock_));
  command.validate_only = request.validate_only();
  command.decide = [asker = command.asker, application](const DossierRow& row) {
    return RecordApplication(row, asker, application);
  };
  VSV_ASSIGN_OR_RETURN(const DossierRow row, RunMutation(dossiers_, command));
  if (request.validate_only()) {
    application.id = ApplicationId();
    return Clear({parent.region, parent.dossier, application, CategorySet{Category::kProcess}});
  }
  return FromMutation(row, ApplicationId(row.made));
}

ApplicationHandlers::Reply ApplicationHandlers::Get(const rpc::CallContext& call,
                                                    const v1::GetApplicationRequest& request) {
  Checks checks(request);
  const ApplicationName name = checks.Take(ParseApplicationName(request.name(), "name"));
  VSV_RETURN_IF_ERROR(checks.Status());
  const GetApplicationCommand command{MakeAsker(call), name.region, name.dossier, name.application};
  VSV_ASSIGN_OR_RETURN(
      const ApplicationRow row,
      std::move(related_.GetApplications(absl::MakeConstSpan(&command, 1)).front()));
  return Clear(row);
}

ApplicationHandlers::ListReply ApplicationHandlers::List(
    const rpc::CallContext& call, const v1::ListApplicationsRequest& request) {
  Checks checks(request);
  const DossierParent parent = checks.Take(ParseDossierParent(request.parent(), "parent"));
  const int rows = checks.Take(aip::PageSize(request.page_size(), kPageSizes));
  VSV_RETURN_IF_ERROR(checks.Status());
  VSV_ASSIGN_OR_RETURN(const std::vector<std::string> after,
                       tokens_.Read(request, call.caller.organisation_id));
  ListApplicationsCommand command{
      MakeAsker(call), parent.region, parent.dossier, {}, {}, {rows, aip::kFullPageBytes}};
  if (request.state() != v1::APPLICATION_STATE_UNSPECIFIED) {
    command.state = FromProto<ApplicationState>(request.state());
  }
  if (!after.empty()) command.after = ApplicationId(after.front());
  VSV_ASSIGN_OR_RETURN(const Page<ApplicationRow> page, related_.ListApplications(command));
  v1::ListApplicationsResponse shell;
  std::vector<policy::Cleared<v1::Application>> applications;
  applications.reserve(page.rows.size());
  for (const ApplicationRow& row : page.rows) applications.push_back(Clear(row));
  if (page.more) {
    shell.set_next_page_token(tokens_.Make(request, call.caller.organisation_id,
                                           {page.rows.back().application.id.value()}));
  }
  return policy::Assemble(
      std::move(shell), std::move(applications),
      [](v1::ListApplicationsResponse* reply) { return reply->mutable_applications(); });
}

ApplicationHandlers::Reply ApplicationHandlers::OfferPlace(const rpc::CallContext& call,
                                                           const v1::OfferPlaceRequest& request) {
  Checks checks(request);
  return Transition(dossiers_, call, request, checks, Decision(dossiers::OfferPlace));
}

ApplicationHandlers::Reply ApplicationHandlers::EnrolApplicant(
    const rpc::CallContext& call, const v1::EnrolApplicantRequest& request) {
  Checks checks(request);
  return Transition(dossiers_, call, request, checks, Decision(dossiers::EnrolApplicant));
}

ApplicationHandlers::Reply ApplicationHandlers::Close(const rpc::CallContext& call,
                                                      const v1::CloseApplicationRequest& request) {
  Checks checks(request);
  const bool closes = request.outcome() == v1::APPLICATION_STATE_NO_ENROLMENT ||
                      request.outcome() == v1::APPLICATION_STATE_WITHDRAWN;
  checks.Require(closes, "outcome", "expected NO_ENROLMENT or WITHDRAWN");
  const auto outcome = FromProto<ApplicationState>(request.outcome());
  return Transition(dossiers_, call, request, checks,
                    [outcome](const DossierRow& row, const Asker& asker, const ApplicationId& id) {
                      return CloseApplication(row, asker, id, outcome);
                    });
}

}  // namespace vsv::dossiers
