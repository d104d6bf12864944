#include "services/partners/api/parse_agreement.h"

#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "services/partners/api/mutation.h"
#include "services/partners/api/paging.h"

#include "absl/strings/str_cat.h"

namespace vsv::partners {

namespace {

constexpr int kMinParties = 2;
constexpr int kMaxParties = 500;

std::vector<AgreementParty> ReadParties(const v1::DataSharingAgreement& proto,
                                        FieldReader& reader) {
  std::vector<AgreementParty> parties;
  if (proto.parties_size() < kMinParties || proto.parties_size() > kMaxParties) {
    reader.Violate("agreement.parties", absl::StrCat(kMinParties, " to ", kMaxParties, " parties"));
    return parties;
  }
  for (int i = 0; i < proto.parties_size(); ++i) {
    const v1::AgreementParty& party = proto.parties(i);
    const std::string path = absl::StrCat("agreement.parties[", i, "]");
    parties.push_back(
        {.organisation = reader.OrganisationName(party.organisation(), path + ".organisation"),
         .direction = reader.Value<PartyDirection>(party.direction(), path + ".direction"),
         .purposes = reader.Purposes(party.purposes(), path + ".purposes", true),
         .data_categories =
             reader.DataCategories(party.data_categories(), path + ".data_categories", true)});
  }
  return parties;
}

}  // namespace

absl::StatusOr<CreateCommand<Agreement>> ParseCreate(const rpc::CallContext& call,
                                                     const v1::CreateAgreementRequest& request,
                                                     const base::Clock& clock) {
  FieldReader reader;
  CreateCommand<Agreement> command;
  command.request = RequestKeyOf(call, request, reader);
  command.validate_only = request.validate_only();
  const v1::DataSharingAgreement& proto = request.agreement();
  Agreement& agreement = command.resource;
  const std::string id = reader.OptionalSlug(request.agreement_id(), "agreement_id");
  agreement.id = AgreementId(id.empty() ? NewSlug('a', clock) : id);
  agreement.title = reader.Text(proto.title(), "agreement.title", 1, 200);
  agreement.region = reader.RegionName(proto.region(), "agreement.region");
  agreement.purposes = reader.Purposes(proto.purposes(), "agreement.purposes", false);
  agreement.data_categories =
      reader.DataCategories(proto.data_categories(), "agreement.data_categories", false);
  agreement.legal_basis = reader.Value<LegalBasis>(proto.legal_basis(), "agreement.legal_basis");
  agreement.legal_basis_citation =
      reader.Text(proto.legal_basis_citation(), "agreement.legal_basis_citation", 1, 500);
  agreement.controller = reader.OrganisationName(proto.controller(), "agreement.controller");
  agreement.validity = reader.Validity(proto.validity(), "agreement.validity");
  agreement.parties = ReadParties(proto, reader);
  agreement.created_at = call.start_time;
  agreement.updated_at = call.start_time;
  if (!agreement.parties.empty()) reader.ViolateAll(CheckConsistency(agreement));
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<ChangeCommand<Agreement>> ParseSign(const rpc::CallContext& call,
                                                   const v1::SignAgreementRequest& request) {
  FieldReader reader;
  const absl::CivilDay signed_on = reader.Day(request.signing_date(), "signing_date");
  const absl::CivilDay today = base::LocalDay(call.start_time);
  Key key{.parent = "", .id = reader.AgreementName(request.name(), "name").value()};
  auto command = ChangeOf<Agreement>(
      call, request, std::move(key), true, reader,
      [signed_on, today](const Agreement& current) { return Sign(current, signed_on, today); });
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<ChangeCommand<Agreement>> ParseTerminate(
    const rpc::CallContext& call, const v1::TerminateAgreementRequest& request) {
  FieldReader reader;
  const absl::CivilDay terminated_on = reader.Day(request.termination_date(), "termination_date");
  Key key{.parent = "", .id = reader.AgreementName(request.name(), "name").value()};
  auto command = ChangeOf<Agreement>(
      call, request, std::move(key), true, reader,
      [terminated_on](const Agreement& current) { return Terminate(current, terminated_on); });
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<AgreementQuery> ParseList(const v1::ListAgreementsRequest& request) {
  static const auto* const fields = new std::vector<aip::FilterField>{
      {"region", aip::FilterType::kText},
      {"state", aip::FilterType::kEnum, FilterValues<AgreementState>()},
      {"party", aip::FilterType::kText}};
  VSV_ASSIGN_OR_RETURN(const auto asked, ReadEqualities(request.filter(), *fields));
  FieldReader reader;
  AgreementQuery query;
  if (request.has_reference_date())
    query.day = reader.Day(request.reference_date(), "reference_date");
  for (const auto& [field, value] : asked) {
    if (field == "region") query.region = reader.RegionName(value, "filter");
    if (field == "state")
      query.state = ParseName<AgreementState>(value).value_or(AgreementState::kUnspecified);
    if (field == "party") query.party = reader.OrganisationName(value, "filter");
  }
  VSV_RETURN_IF_ERROR(reader.status());
  return query;
}

}  // namespace vsv::partners
