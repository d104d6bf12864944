#include "services/dossiers/storage/dossier_list.h"

#include "libs/base/status_macros.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/access_log.h"
#include "services/dossiers/storage/delivery.h"
#include "services/dossiers/storage/dossier_columns.h"
#include "services/dossiers/storage/question.h"
#include "services/dossiers/storage/statements.h"

#include <optional>
#include <string>
#include <utility>

namespace vsv::dossiers {
namespace {

constexpr char kBeforeTheFirst[] = "00000000-0000-0000-0000-000000000000";

std::optional<std::string> TextOf(const std::optional<OrganisationId>& id) {
  return id.has_value() ? std::optional<std::string>(id->value()) : std::nullopt;
}

pg::Params ListParams(const ListCommand& command, absl::Duration max_age) {
  const DossierFilter& filter = command.filter;
  const std::optional<std::string> state =
      filter.state.has_value() ? std::optional<std::string>(Name(*filter.state)) : std::nullopt;
  const std::optional<int64_t> school_year = filter.school_year;
  return pg::Params()
      .Text(command.region.value())
      .Text(command.asker.organisation.value())
      .Text(Name(command.asker.purpose))
      .TextArray(RelationNames(command.asker))
      .Day(command.asker.today)
      .Text(command.after.has_value() ? command.after->value() : kBeforeTheFirst)
      .Int(command.page_size)
      .Int(Seconds(max_age))
      .Text(state)
      .Text(TextOf(filter.delivering))
      .Text(TextOf(filter.receiving))
      .Text(TextOf(filter.responsible))
      .Int(school_year)
      .Day(filter.due_before);
}

}  // namespace

bool LeavesTheHouse(const Asker& asker, const DossierRow& dossier) {
  return asker.organisation != dossier.dossier.delivering;
}

absl::StatusOr<std::vector<DossierRow>> ListIn(pg::Transaction& tx, const ListCommand& command,
                                               const PupilKeys& keys, absl::Duration max_age) {
  VSV_ASSIGN_OR_RETURN(const pg::Result result,
                       tx.Execute(sql::kListDossiers, ListParams(command, max_age)));
  VSV_RETURN_IF_ERROR(CheckFresh(result));
  std::vector<DossierRow> page;
  std::vector<Delivery> deliveries;
  Access access{&command.asker, command.region, kDossierKind, {}, {}, Outcome::kGranted};
  for (const pg::Row row : result) {
    if (row.IsNull("id")) continue;
    VSV_ASSIGN_OR_RETURN(DossierRow dossier, ReadDossier(row, keys));
    access.subjects.push_back(dossier.dossier.id);
    access.categories = access.categories.Union(dossier.granted);
    if (LeavesTheHouse(command.asker, dossier)) {
      deliveries.push_back({&command.asker, command.region, dossier.dossier.id, ReadGrants(row)});
    }
    page.push_back(std::move(dossier));
  }
  VSV_RETURN_IF_ERROR(RecordHoldings(tx, deliveries));
  VSV_RETURN_IF_ERROR(Log(tx, {access}));
  return page;
}

}  // namespace vsv::dossiers
