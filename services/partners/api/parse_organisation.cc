#include "services/partners/api/parse_organisation.h"

#include "libs/aip/field_mask.h"
#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "services/partners/api/contract_names.h"
#include "services/partners/api/mutation.h"
#include "services/partners/api/organisation_fields.h"
#include "services/partners/api/paging.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include <algorithm>
#include <set>

namespace vsv::partners {

namespace {

// Of the largest, 20 kB each: no answer is larger than a client takes.
constexpr int kMaxBatch = 100;

OrganisationId ReadParent(const v1::Organisation& organisation, FieldReader& reader) {
  if (organisation.parent().empty()) return OrganisationId();
  return reader.OrganisationName(organisation.parent(), "organisation.parent");
}

OrganisationUpdate ReadUpdate(const v1::UpdateOrganisationRequest& request, FieldReader& reader) {
  OrganisationUpdate update;
  std::vector<errors::Violation> violations;
  aip::CheckFieldMask(request.update_mask(), *v1::Organisation::descriptor(), "update_mask",
                      violations);
  reader.ViolateAll(violations);
  const auto& paths = request.update_mask().paths();
  const bool all = paths.empty() || (paths.size() == 1 && paths[0] == "*");
  const auto named = [&](absl::string_view path) {
    return all || std::find(paths.begin(), paths.end(), path) != paths.end();
  };
  for (const std::string& path : paths) {
    if (path == "etag") reader.Violate("update_mask", "etag cannot be changed");
  }
  update.display_name = named("display_name");
  update.parent = named("parent");
  update.identifiers = named("identifiers");
  update.contacts = named("contacts");
  const v1::Organisation& proto = request.organisation();
  Organisation& values = update.values;
  if (update.display_name)
    values.display_name = reader.Text(proto.display_name(), "organisation.display_name", 1, 200);
  if (update.parent) values.parent = ReadParent(proto, reader);
  if (update.identifiers) values.identifiers = ReadIdentifiers(proto, reader);
  if (update.contacts) values.contacts = ReadContacts(proto, reader);
  return update;
}

}  // namespace

absl::StatusOr<CreateCommand<Organisation>> ParseCreate(
    const rpc::CallContext& call, const v1::CreateOrganisationRequest& request,
    const base::Clock& clock) {
  FieldReader reader;
  CreateCommand<Organisation> command;
  command.request = RequestKeyOf(call, request, reader);
  command.validate_only = request.validate_only();
  const v1::Organisation& proto = request.organisation();
  Organisation& organisation = command.resource;
  const std::string id = reader.OptionalSlug(request.organisation_id(), "organisation_id");
  organisation.id = OrganisationId(id.empty() ? NewSlug('o', clock) : id);
  organisation.display_name =
      reader.Text(proto.display_name(), "organisation.display_name", 1, 200);
  organisation.kind = reader.Value<OrganisationKind>(proto.kind(), "organisation.kind");
  organisation.parent = ReadParent(proto, reader);
  organisation.identifiers = ReadIdentifiers(proto, reader);
  organisation.contacts = ReadContacts(proto, reader);
  organisation.created_at = call.start_time;
  organisation.updated_at = call.start_time;
  if (organisation.kind == OrganisationKind::kMunicipality &&
      IdentifierOf(organisation, IdentifierScheme::kMunicipalityCode).empty()) {
    reader.Violate("organisation.identifiers", "a municipality needs its MUNICIPALITY_CODE");
  }
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<ChangeCommand<Organisation>> ParseUpdate(
    const rpc::CallContext& call, const v1::UpdateOrganisationRequest& request) {
  FieldReader reader;
  const OrganisationUpdate update = ReadUpdate(request, reader);
  ChangeCommand<Organisation> command;
  command.request = RequestKeyOf(call, request, reader);
  command.key.id =
      reader.OrganisationName(request.organisation().name(), "organisation.name").value();
  command.expected_version = reader.Etag(request.organisation().etag(), "organisation.etag", true);
  command.now = call.start_time;
  command.decide = [update](const Organisation& current) { return Update(current, update); };
  command.validate_only = request.validate_only();
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<ChangeCommand<Organisation>> ParseSuspend(
    const rpc::CallContext& call, const v1::SuspendOrganisationRequest& request) {
  FieldReader reader;
  const std::string reason = reader.Text(request.reason(), "reason", 1, 500);
  Key key{.parent = "", .id = reader.OrganisationName(request.name(), "name").value()};
  auto command = ChangeOf<Organisation>(
      call, request, std::move(key), false, reader,
      [reason](const Organisation& current) { return Suspend(current, reason); });
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<ChangeCommand<Organisation>> ParseReinstate(
    const rpc::CallContext& call, const v1::ReinstateOrganisationRequest& request) {
  FieldReader reader;
  Key key{.parent = "", .id = reader.OrganisationName(request.name(), "name").value()};
  auto command =
      ChangeOf<Organisation>(call, request, std::move(key), true, reader,
                             [](const Organisation& current) { return Reinstate(current); });
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<std::vector<Key>> ParseBatchGet(const v1::BatchGetOrganisationsRequest& request) {
  FieldReader reader;
  std::vector<Key> keys;
  std::set<std::string> seen;
  if (request.names().empty() || request.names_size() > kMaxBatch) {
    reader.Violate("names", absl::StrCat("1 to ", kMaxBatch, " names"));
  } else {
    for (int i = 0; i < request.names_size(); ++i) {
      const std::string path = absl::StrCat("names[", i, "]");
      keys.push_back({.parent = "", .id = reader.OrganisationName(request.names(i), path).value()});
      if (!seen.insert(request.names(i)).second) reader.Violate(path, "is named twice");
    }
  }
  VSV_RETURN_IF_ERROR(reader.status());
  return keys;
}

absl::StatusOr<OrganisationQuery> ParseList(const rpc::CallContext& call,
                                            const v1::ListOrganisationsRequest& request) {
  static const auto* const fields = new std::vector<aip::FilterField>{
      {"kind", aip::FilterType::kEnum, FilterValues<OrganisationKind>()},
      {"status", aip::FilterType::kEnum, FilterValues<OrganisationStatus>()},
      {"parent", aip::FilterType::kText},
      {"region", aip::FilterType::kText},
      {"identifier", aip::FilterType::kText}};
  VSV_ASSIGN_OR_RETURN(const auto asked, ReadEqualities(request.filter(), *fields));
  FieldReader reader;
  OrganisationQuery query;
  query.day = request.has_reference_date() ? reader.Day(request.reference_date(), "reference_date")
                                           : base::LocalDay(call.start_time);
  for (const auto& [field, value] : asked) {
    if (field == "kind")
      query.kind = ParseName<OrganisationKind>(value).value_or(OrganisationKind::kUnspecified);
    if (field == "status")
      query.status =
          ParseName<OrganisationStatus>(value).value_or(OrganisationStatus::kUnspecified);
    if (field == "parent") query.parent = reader.OrganisationName(value, "filter");
    if (field == "region") query.region = reader.RegionName(value, "filter");
    if (field == "identifier") {
      const std::pair<std::string, std::string> parts =
          absl::StrSplit(value, absl::MaxSplits(':', 1));
      const auto scheme = ParseName<IdentifierScheme>(parts.first);
      std::optional<std::string> number;
      if (scheme && *scheme != IdentifierScheme::kUnspecified) {
        number = base::NormaliseIdentifier(NumberingOf(*scheme), parts.second);
      }
      if (number) {
        query.identifier = Identifier{.scheme = *scheme, .value = *number};
      } else {
        reader.Violate("filter", "identifier must be SCHEME:value, e.g. MUNICIPALITY_CODE:GM0307");
      }
    }
  }
  VSV_RETURN_IF_ERROR(reader.status());
  return query;
}

}  // namespace vsv::partners
