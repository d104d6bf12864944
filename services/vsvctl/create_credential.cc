#include "libs/aip/proto_time.h"
#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/dynamic_call.h"
#include "libs/rpc/peer.h"
#include "services/vsvctl/commands.h"
#include "services/vsvctl/table.h"

#include "vsv/partners/v1/authorisation_requests.pb.h"
#include "vsv/partners/v1/organisation_requests.pb.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

namespace vsv::vsvctl {
namespace {

absl::StatusOr<rpc::CertificateFacts> FactsOf(const std::string& path) {
  if (path.empty()) return absl::InvalidArgumentError("name the certificate: --certificate FILE");
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  std::ostringstream pem;
  pem << file.rdbuf();
  return rpc::ReadCertificate(pem.str());
}

// Name of the organisation in the register that has this OIN.
absl::StatusOr<std::string> OrganisationWith(const std::string& oin, Client& client) {
  partners::v1::ListOrganisationsRequest request;
  request.set_filter(absl::StrCat("identifier = \"OIN:", oin, "\""));
  VSV_ASSIGN_OR_RETURN(const MessagePtr reply, client.Call("ListOrganisations", request));
  const auto* page = dynamic_cast<const partners::v1::ListOrganisationsResponse*>(reply.get());
  if (page == nullptr || page->organisations_size() != 1) {
    return absl::NotFoundError(absl::StrCat("no organisation in the register has OIN ", oin,
                                            "; enter it first, or name it: --organisation ID"));
  }
  return page->organisations(0).name();
}

}  // namespace

absl::Status CheckInForce(const partners::v1::CreateCredentialRequest& asked,
                          absl::FunctionRef<CallFunction> call) {
  partners::v1::ListCredentialsRequest request;
  request.set_parent(asked.parent());
  request.set_filter(absl::StrCat("thumbprint = \"", asked.credential().thumbprint(), "\""));
  const absl::CivilDay today = base::LocalDay(absl::Now());
  const auto start = aip::FromProto(asked.credential().validity().start_date());
  *request.mutable_reference_date() = aip::ToProto(std::max(today, start.value_or(today)));
  VSV_ASSIGN_OR_RETURN(const MessagePtr reply, call("ListCredentials", request));
  const auto* page = dynamic_cast<const partners::v1::ListCredentialsResponse*>(reply.get());
  if (page != nullptr && page->credentials_size() > 0) return absl::OkStatus();
  return absl::AlreadyExistsError(
      absl::StrCat("the certificate is registered, but not as one of ", asked.parent(),
                   " that holds today: it was revoked, has ended, or is another organisation's"));
}

absl::Status CreateCredential(const Session& session) {
  VSV_ASSIGN_OR_RETURN(const rpc::CertificateFacts facts, FactsOf(session.options.certificate));
  partners::v1::CreateCredentialRequest request;
  partners::v1::Credential* credential = request.mutable_credential();
  credential->set_thumbprint(facts.thumbprint);
  for (const std::string& name : session.options.purposes) {
    policy::v1::Purpose purpose = policy::v1::PURPOSE_UNSPECIFIED;
    if (!policy::v1::Purpose_Parse(absl::StrCat("PURPOSE_", absl::AsciiStrToUpper(name)),
                                   &purpose)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "there is no purpose ", name, "; e.g. transition, support, rmc, programme_management"));
    }
    credential->add_purposes(purpose);
  }
  if (credential->purposes().empty()) {
    return absl::InvalidArgumentError(
        "name what the credential is for: --purpose PURPOSE, once or more");
  }
  *credential->mutable_validity()->mutable_start_date() = aip::ToProto(base::LocalDay(absl::Now()));
  if (!session.options.organisation.empty()) {
    request.set_parent(absl::StrCat("organisations/", session.options.organisation));
  } else {
    std::string oin = session.options.oin;
    if (oin.empty() && facts.serial_numbers.size() == 1) oin = facts.serial_numbers.front();
    VSV_ASSIGN_OR_RETURN(*request.mutable_parent(), OrganisationWith(oin, session.client));
  }
  const absl::StatusOr<MessagePtr> reply = session.client.Call("CreateCredential", request);
  if (absl::IsAlreadyExists(reply.status())) {
    VSV_RETURN_IF_ERROR(CheckInForce(
        request, [&session](absl::string_view method, google::protobuf::Message& message) {
          return session.client.Call(method, message);
        }));
    session.notes
        << "the certificate was registered before; to give it other purposes make a new one"
        << std::endl;
    return absl::OkStatus();
  }
  VSV_RETURN_IF_ERROR(reply);
  session.out << Cell(**reply, "name") << " for " << Cell(**reply, "purposes") << std::endl;
  return absl::OkStatus();
}

}  // namespace vsv::vsvctl
