#include "services/partners/api/parse_authorisation.h"

#include "libs/base/status_macros.h"
#include "libs/base/uuid.h"
#include "services/partners/api/mutation.h"
#include "services/partners/api/paging.h"

namespace vsv::partners {

absl::StatusOr<CreateCommand<Mandate>> ParseCreate(const rpc::CallContext& call,
                                                   const v1::CreateMandateRequest& request,
                                                   const base::Clock& clock) {
  FieldReader reader;
  CreateCommand<Mandate> command;
  command.request = RequestKeyOf(call, request, reader);
  command.validate_only = request.validate_only();
  const v1::Mandate& proto = request.mandate();
  Mandate& mandate = command.resource;
  mandate.organisation = reader.OrganisationName(request.parent(), "parent");
  mandate.id = MandateId(base::NewUuidV7(clock));
  mandate.supplier = reader.OrganisationName(proto.supplier(), "mandate.supplier");
  if (mandate.supplier == mandate.organisation) {
    reader.Violate("mandate.supplier", "must be another than the organisation itself");
  }
  mandate.services = reader.Services(proto.services(), "mandate.services");
  mandate.purposes = reader.Purposes(proto.purposes(), "mandate.purposes", false);
  mandate.validity = reader.Validity(proto.validity(), "mandate.validity");
  mandate.created_at = call.start_time;
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<ChangeCommand<Mandate>> ParseRevoke(const rpc::CallContext& call,
                                                   const v1::RevokeMandateRequest& request) {
  FieldReader reader;
  auto command = ChangeOf<Mandate>(
      call, request, reader.MandateName(request.name(), "name"), false, reader,
      [now = call.start_time](const Mandate& current) { return Revoke(current, now); });
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<MandateQuery> ParseList(const v1::ListMandatesRequest& request) {
  static const auto* const fields =
      new std::vector<aip::FilterField>{{"supplier", aip::FilterType::kText}};
  VSV_ASSIGN_OR_RETURN(const auto asked, ReadEqualities(request.filter(), *fields));
  FieldReader reader;
  MandateQuery query;
  query.organisation = reader.OrganisationOrAll(request.parent(), "parent");
  if (request.has_reference_date())
    query.day = reader.Day(request.reference_date(), "reference_date");
  if (const auto it = asked.find("supplier"); it != asked.end()) {
    query.supplier = reader.OrganisationName(it->second, "filter");
  }
  VSV_RETURN_IF_ERROR(reader.status());
  return query;
}

absl::StatusOr<CreateCommand<Credential>> ParseCreate(const rpc::CallContext& call,
                                                      const v1::CreateCredentialRequest& request) {
  FieldReader reader;
  CreateCommand<Credential> command;
  command.request = RequestKeyOf(call, request, reader);
  command.validate_only = request.validate_only();
  const v1::Credential& proto = request.credential();
  Credential& credential = command.resource;
  credential.organisation = reader.OrganisationName(request.parent(), "parent");
  credential.id = CredentialId(proto.thumbprint());
  if (!IsThumbprint(proto.thumbprint())) {
    reader.Violate("credential.thumbprint", "must be a SHA-256 digest: 64 lower-case hex digits");
  }
  credential.purposes = reader.Purposes(proto.purposes(), "credential.purposes", false);
  credential.validity = reader.Validity(proto.validity(), "credential.validity");
  credential.created_at = call.start_time;
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<ChangeCommand<Credential>> ParseRevoke(const rpc::CallContext& call,
                                                      const v1::RevokeCredentialRequest& request) {
  FieldReader reader;
  auto command = ChangeOf<Credential>(
      call, request, reader.CredentialName(request.name(), "name"), false, reader,
      [now = call.start_time](const Credential& current) { return Revoke(current, now); });
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<CredentialQuery> ParseList(const v1::ListCredentialsRequest& request) {
  static const auto* const fields =
      new std::vector<aip::FilterField>{{"thumbprint", aip::FilterType::kText}};
  VSV_ASSIGN_OR_RETURN(const auto asked, ReadEqualities(request.filter(), *fields));
  FieldReader reader;
  CredentialQuery query;
  query.organisation = reader.OrganisationOrAll(request.parent(), "parent");
  if (request.has_reference_date())
    query.day = reader.Day(request.reference_date(), "reference_date");
  if (const auto it = asked.find("thumbprint"); it != asked.end())
    query.thumbprint = CredentialId(it->second);
  VSV_RETURN_IF_ERROR(reader.status());
  return query;
}

}  // namespace vsv::partners
