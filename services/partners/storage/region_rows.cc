#include "libs/base/status_macros.h"
#include "services/partners/storage/row_parts.h"
#include "services/partners/storage/rows.h"
#include "services/partners/storage/statements.h"

namespace vsv::partners {

namespace {

Region ReadRegion(const pg::Row& row) {
  return {.id = RegionId(row.Text("id")),
          .display_name = row.Text("display_name"),
          .version = row.Int("version"),
          .created_at = row.Time("created_at")};
}

RegionMembership ReadMembership(const pg::Row& row) {
  return {.region = RegionId(row.Text("region_id")),
          .id = MembershipId(row.Text("id")),
          .organisation = OrganisationId(row.Text("organisation_id")),
          .validity = ReadPeriod(row),
          .version = row.Int("version"),
          .created_at = row.Time("created_at"),
          .updated_at = row.Time("updated_at")};
}

ProgrammeRole ReadProgrammeRole(const pg::Row& row) {
  return {.region = RegionId(row.Text("region_id")),
          .id = ProgrammeRoleId(row.Text("id")),
          .organisation = OrganisationId(row.Text("organisation_id")),
          .kind = ReadName<ProgrammeRoleKind>(row.Text("kind")),
          .validity = ReadPeriod(row),
          .version = row.Int("version"),
          .created_at = row.Time("created_at"),
          .updated_at = row.Time("updated_at")};
}

template <typename T>
absl::StatusOr<std::vector<T>> ReadAll(absl::StatusOr<pg::Result> rows, T (*read)(const pg::Row&)) {
  if (!rows.ok()) return rows.status();
  std::vector<T> resources;
  for (const pg::Row row : *rows) resources.push_back(read(row));
  return resources;
}

// $1..$6 of the two lists below.
template <typename Query>
pg::Params ListParams(const Query& query) {
  return pg::Params()
      .Text(query.page.after.parent)
      .Text(query.page.after.id.empty() ? kNilUuid : absl::string_view(query.page.after.id))
      .Text(query.region.value())
      .Text(query.organisation.value())
      .Day(query.day)
      .Int(query.page.limit);
}

template <typename T>
pg::Params InsertParams(const T& resource) {
  return pg::Params()
      .Text(resource.region.value())
      .Text(resource.id.value())
      .Text(resource.organisation.value())
      .Day(resource.validity.from)
      .Day(resource.validity.until)
      .Int(resource.version)
      .Time(resource.created_at)
      .Time(resource.updated_at);
}

template <typename T>
pg::Params EndParams(const T& resource) {
  return pg::Params()
      .Text(resource.region.value())
      .Text(resource.id.value())
      .Day(resource.validity.until)
      .Int(resource.version)
      .Time(resource.updated_at);
}

}  // namespace

absl::StatusOr<std::vector<Region>> Rows<Region>::Read(pg::Transaction& tx,
                                                       absl::Span<const Key> keys) {
  return ReadAll(tx.Execute(sql::kGetRegions, pg::Params().TextArray(Ids(keys))), ReadRegion);
}

absl::StatusOr<std::vector<Region>> Rows<Region>::List(pg::Transaction& tx,
                                                       const RegionQuery& query) {
  return ReadAll(
      tx.Execute(sql::kListRegions, pg::Params().Text(query.page.after.id).Int(query.page.limit)),
      ReadRegion);
}

absl::Status Rows<Region>::Insert(pg::Transaction& tx, const Region& region) {
  return tx
      .Execute(sql::kInsertRegion, pg::Params()
                                       .Text(region.id.value())
                                       .Text(region.display_name)
                                       .Int(region.version)
                                       .Time(region.created_at))
      .status();
}

absl::StatusOr<std::vector<RegionMembership>> Rows<RegionMembership>::Read(
    pg::Transaction& tx, absl::Span<const Key> keys) {
  return ReadAll(tx.Execute(sql::kGetRegionMemberships,
                            pg::Params().TextArray(Parents(keys)).TextArray(Ids(keys))),
                 ReadMembership);
}

absl::StatusOr<std::vector<RegionMembership>> Rows<RegionMembership>::List(
    pg::Transaction& tx, const MembershipQuery& query) {
  return ReadAll(tx.Execute(sql::kListRegionMemberships, ListParams(query)), ReadMembership);
}

absl::Status Rows<RegionMembership>::Insert(pg::Transaction& tx,
                                            const RegionMembership& membership) {
  return tx.Execute(sql::kInsertRegionMembership, InsertParams(membership)).status();
}

absl::StatusOr<std::optional<int64_t>> Rows<RegionMembership>::Lock(pg::Transaction& tx,
                                                                    const Key& key) {
  return LockedVersion(
      tx.Execute(sql::kLockRegionMembership, pg::Params().Text(key.parent).Text(key.id)));
}

absl::Status Rows<RegionMembership>::Update(pg::Transaction& tx,
                                            const RegionMembership& membership) {
  return tx.Execute(sql::kEndRegionMembership, EndParams(membership)).status();
}

absl::StatusOr<std::vector<ProgrammeRole>> Rows<ProgrammeRole>::Read(pg::Transaction& tx,
                                                                     absl::Span<const Key> keys) {
  return ReadAll(tx.Execute(sql::kGetProgrammeRoles,
                            pg::Params().TextArray(Parents(keys)).TextArray(Ids(keys))),
                 ReadProgrammeRole);
}

absl::StatusOr<std::vector<ProgrammeRole>> Rows<ProgrammeRole>::List(
    pg::Transaction& tx, const ProgrammeRoleQuery& query) {
  return ReadAll(
      tx.Execute(sql::kListProgrammeRoles, ListParams(query).Text(FilterName(query.kind))),
      ReadProgrammeRole);
}

absl::Status Rows<ProgrammeRole>::Insert(pg::Transaction& tx, const ProgrammeRole& role) {
  return tx.Execute(sql::kInsertProgrammeRole, InsertParams(role).Text(NameOf(role.kind))).status();
}

absl::StatusOr<std::optional<int64_t>> Rows<ProgrammeRole>::Lock(pg::Transaction& tx,
                                                                 const Key& key) {
  return LockedVersion(
      tx.Execute(sql::kLockProgrammeRole, pg::Params().Text(key.parent).Text(key.id)));
}

absl::Status Rows<ProgrammeRole>::Update(pg::Transaction& tx, const ProgrammeRole& role) {
  return tx.Execute(sql::kEndProgrammeRole, EndParams(role)).status();
}

}  // namespace vsv::partners
