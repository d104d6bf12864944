#include "services/dossiers/storage/erasures.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/dossiers/domain/count_changes.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/columns.h"
#include "services/dossiers/storage/effects.h"
#include "services/dossiers/storage/events.h"

#include <optional>
#include <utility>

namespace vsv::dossiers {
namespace {

// What is needed of a dossier to count it and to tell of it.
struct Ended {
  Dossier dossier;
  WarmHandover handover;
};

absl::StatusOr<Ended> ReadEnded(const pg::Row& row) {
  Ended ended;
  ended.dossier.region = RegionId(row.Text("region_id"));
  ended.dossier.id = DossierId(row.Text("id"));
  ended.dossier.version = row.Int("version");
  ended.dossier.responsible = OrganisationId(row.Text("responsible_organisation_id"));
  ended.dossier.due_on = row.Day("due_on");
  const auto state = FromName<DossierState>(row.Text("state"));
  const auto handover =
      FromName<HandoverState>(row.OptionalText("handover_state").value_or("NOT_NEEDED"));
  if (!state.has_value() || !handover.has_value()) {
    return errors::Internal("a state of an erased dossier that has no name here");
  }
  ended.dossier.state = *state;
  ended.handover.state = *handover;
  if (!row.IsNull("handover_due_on")) ended.handover.due_on = row.Day("handover_due_on");
  return ended;
}

}  // namespace

absl::StatusOr<int64_t> EraseIn(pg::Transaction& tx, const pg::Statement& statement,
                                const PupilKeys& keys, const std::vector<ToErase>& dossiers,
                                absl::CivilDay day) {
  if (dossiers.empty()) return 0;
  using Item = ToErase;
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(statement,
                 pg::Params()
                     .TextArray(Texts(dossiers, [](const Item& i) { return i.region.value(); }))
                     .TextArray(Texts(dossiers, [](const Item& i) { return i.dossier.value(); }))
                     .BytesArray(Texts(
                         dossiers,
                         [&keys](const Item& i) { return keys.HashErased(i.region, i.dossier); }))
                     .TimeArray(Times(dossiers, [](const Item& i) { return i.erased_at; }))
                     .TextArray(Texts(dossiers, [](const Item& i) { return Name(i.ground); }))));
  std::vector<Ended> ended;
  std::vector<CountDelta> counts;
  std::vector<const Dossier*> events;
  for (const pg::Row row : rows) {
    VSV_ASSIGN_OR_RETURN(Ended one, ReadEnded(row));
    const std::vector<CountDelta> out = CountsOfErasure(one.dossier, one.handover, day);
    counts.insert(counts.end(), out.begin(), out.end());
    ended.push_back(std::move(one));
  }
  events.reserve(ended.size());
  for (const Ended& one : ended) events.push_back(&one.dossier);
  VSV_RETURN_IF_ERROR(WriteCounts(tx, counts));
  VSV_RETURN_IF_ERROR(Publish(tx, events, counts));
  return static_cast<int64_t>(ended.size());
}

}  // namespace vsv::dossiers
