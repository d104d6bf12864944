#include "libs/base/status_macros.h"
#include "libs/directory/snapshot.h"
#include "libs/directory/statements.h"
#include "libs/pg/transaction.h"
#include "libs/policy/method_policy.h"

#include "absl/strings/ascii.h"

namespace vsv::directory {

namespace {

std::set<policy::v1::Purpose> ReadPurposes(const pg::Row& row) {
  std::set<policy::v1::Purpose> purposes;
  for (const std::string& name : row.TextArray("purposes")) {
    purposes.insert(policy::ParsePurpose(absl::AsciiStrToLower(name)));
  }
  // A purpose that this program does not know opens nothing.
  purposes.erase(policy::v1::PURPOSE_UNSPECIFIED);
  return purposes;
}

Validity ReadValidity(const pg::Row& row) {
  return {.first = row.Day("first_on"), .ended = row.OptionalDay("ended_on")};
}

absl::Status LoadContent(pg::Transaction& tx, Content& content) {
  VSV_ASSIGN_OR_RETURN(const pg::Result organisations, tx.Execute(sql::kListOrganisations));
  for (const pg::Row row : organisations) {
    content.organisations.push_back({.id = row.Text("organisation_id"),
                                     .kind = row.Text("kind"),
                                     .parent_id = row.OptionalText("parent_id").value_or(""),
                                     .oin = row.OptionalText("oin").value_or(""),
                                     .suspended = row.Text("status") != "ACTIVE"});
  }
  VSV_ASSIGN_OR_RETURN(const pg::Result credentials, tx.Execute(sql::kListCredentials));
  for (const pg::Row row : credentials) {
    content.credentials.push_back({.thumbprint = row.Text("thumbprint"),
                                   .organisation_id = row.Text("organisation_id"),
                                   .purposes = ReadPurposes(row),
                                   .validity = ReadValidity(row),
                                   .revoked = !row.IsNull("revoked_at")});
  }
  VSV_ASSIGN_OR_RETURN(const pg::Result mandates, tx.Execute(sql::kListMandates));
  for (const pg::Row row : mandates) {
    const std::vector<std::string> services = row.TextArray("services");
    content.mandates.push_back({.organisation_id = row.Text("organisation_id"),
                                .supplier_id = row.Text("supplier_id"),
                                .services = {services.begin(), services.end()},
                                .purposes = ReadPurposes(row),
                                .validity = ReadValidity(row),
                                .revoked = !row.IsNull("revoked_at")});
  }
  VSV_ASSIGN_OR_RETURN(const pg::Result roles, tx.Execute(sql::kListProgrammeRoles));
  for (const pg::Row row : roles) {
    content.programme_roles.push_back({.organisation_id = row.Text("organisation_id"),
                                       .kind = row.Text("kind"),
                                       .validity = ReadValidity(row)});
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<DatedSnapshot> LoadSnapshot(pg::Pool& pool,
                                           const std::shared_ptr<const Snapshot>& previous,
                                           absl::Time deadline) {
  DatedSnapshot loaded;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool, pg::Mode::kReadOnly, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(const pg::Result state, tx.Execute(sql::kGetDirectoryState));
        loaded.current_as_of =
            state[0].OptionalTime("current_as_of_at").value_or(absl::InfinitePast());
        const int64_t revision = state[0].Int("revision");
        if (previous != nullptr && previous->revision() == revision) {
          loaded.snapshot = previous;
          return absl::OkStatus();
        }
        Content content;
        content.revision = revision;
        VSV_RETURN_IF_ERROR(LoadContent(tx, content));
        loaded.snapshot = std::make_shared<const Snapshot>(std::move(content));
        return absl::OkStatus();
      }));
  return loaded;
}

}  // namespace vsv::directory
