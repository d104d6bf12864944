#include "services/dossiers/storage/dossier_list.h"

#include "libs/base/status_macros.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/access_log.h"
#include "services/dossiers/storage/delivery.h"
#include "services/dossiers/storage/dossier_columns.h"
#include "services/dossiers/storage/question.h"
#include "services/dossiers/storage/statements.h"
#include "services/dossiers/storage/stretches.h"

#include <optional>
#include <string>
#include <utility>

namespace vsv::dossiers {
namespace {

std::optional<std::string> TextOf(const std::optional<OrganisationId>& id) {
  return id.has_value() ? std::optional<std::string>(id->value()) : std::nullopt;
}

pg::Params ListParams(const ListCommand& command, absl::Duration max_age, const std::string& after,
                      int64_t wanted, int64_t take) {
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
      .Text(after)
      .Int(wanted)
      .Int(Seconds(max_age))
      .Text(state)
      .Text(TextOf(filter.delivering))
      .Text(TextOf(filter.receiving))
      .Text(TextOf(filter.responsible))
      .Int(school_year)
      .Day(filter.due_before)
      .Int(take);
}

}  // namespace

bool LeavesTheHouse(const Asker& asker, const DossierRow& dossier) {
  return asker.organisation != dossier.dossier.delivering;
}

absl::StatusOr<Page<DossierRow>> ListIn(pg::Transaction& tx, const ListCommand& command,
                                        const PupilKeys& keys, absl::Duration max_age,
                                        FirstReceipts& receipts, UsualSize& usual) {
  Page<DossierRow> page;
  std::vector<Delivery> deliveries;
  Access access{&command.asker, command.region, kDossierKind, {}, {}, Outcome::kGranted, true};
  const auto fetch = [&](const std::string& after, int64_t wanted, int64_t take) {
    return tx.Execute(sql::kListDossiers, ListParams(command, max_age, after, wanted, take));
  };
  const auto add = [&](const pg::Row& row) -> absl::Status {
    usual.Saw(row.Size());
    VSV_ASSIGN_OR_RETURN(DossierRow dossier, ReadDossier(row, keys));
    access.subjects.push_back(dossier.dossier.id);
    access.categories = access.categories.Union(dossier.granted);
    // A snapshot that is taken again finds its receipts there.
    if (row.Bool("lacks_receipt") && LeavesTheHouse(command.asker, dossier)) {
      deliveries.push_back({&command.asker, command.region, dossier.dossier.id,
                            dossier.dossier.version, ReadGrants(row)});
    }
    page.rows.push_back(std::move(dossier));
    return absl::OkStatus();
  };
  VSV_ASSIGN_OR_RETURN(
      page.more, FillPage(command.after.has_value() ? command.after->value() : kBeforeTheFirst,
                          command.limits, fetch, add, usual.FirstOf(command.limits)));
  VSV_RETURN_IF_ERROR(receipts.Record(tx, deliveries));
  VSV_RETURN_IF_ERROR(Log(tx, {access}));
  return page;
}

}  // namespace vsv::dossiers
