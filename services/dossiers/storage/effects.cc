#include "services/dossiers/storage/effects.h"

#include "libs/base/hash.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/pg/sqlstate.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/belonging.h"
#include "services/dossiers/storage/parties.h"
#include "services/dossiers/storage/statements.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace vsv::dossiers {
namespace {

// "SENT,1700000000000000": what dossiers.state_times holds.
std::string StateTimes(const Dossier& dossier) {
  return absl::StrJoin(dossier.state_times, ",", [](std::string* out, const auto& entered) {
    absl::StrAppend(out, Name(entered.first), ",", absl::ToUnixMicros(entered.second));
  });
}

// The parameters that insert_dossiers and update_dossiers share.
pg::Params DossierParams(const std::vector<Of<std::string>>& rows) {
  using Item = Of<std::string>;
  const auto receiving = [](const Item& i) {
    return i.dossier->receiving.has_value()
               ? std::optional<std::string>(i.dossier->receiving->value())
               : std::nullopt;
  };
  return pg::Params()
      .TextArray(Regions(rows))
      .TextArray(DossierIds(rows))
      .IntArray(Ints(rows, [](const Item& i) { return i.dossier->version; }))
      .TextArray(Texts(rows, [](const Item& i) { return Name(i.dossier->state); }))
      .TextArray(Texts(rows, [](const Item& i) { return StateTimes(*i.dossier); }))
      .TextArray(Texts(rows, [](const Item& i) { return Name(i.dossier->origin); }))
      .TextArray(Texts(rows, [](const Item& i) { return Name(i.dossier->finality); }))
      .BoolArray(Bools(rows, [](const Item& i) { return i.dossier->late_entrant; }))
      .TextArray(Texts(rows, [](const Item& i) { return i.dossier->delivering.value(); }))
      .TextArray(OptionalTexts(rows, receiving))
      .TextArray(Texts(rows, [](const Item& i) { return i.dossier->responsible.value(); }))
      .TextArray(Texts(rows, [](const Item& i) { return i.dossier->residence.value(); }))
      .BoolArray(Bools(rows, [](const Item& i) { return i.dossier->has_start_qualification; }))
      .IntArray(Ints(rows, [](const Item& i) { return i.dossier->school_year; }))
      .DayArray(Days(rows, [](const Item& i) { return i.dossier->due_on; }))
      .DayArray(Days(rows, [](const Item& i) { return i.dossier->birth_on; }))
      .TextArray(Texts(rows, [](const Item& i) { return i.dossier->rejection_reason; }))
      .TextArray(Texts(rows, [](const Item& i) { return i.dossier->rejection_note; }))
      .TimeArray(Times(rows, [](const Item& i) { return i.dossier->created_at; }))
      .TimeArray(Times(rows, [](const Item& i) { return i.dossier->updated_at; }))
      .BytesArray(Texts(rows, [](const Item& i) { return i.item; }));
}

absl::Status MakePupils(pg::Transaction& tx, const std::vector<NewDossier>& dossiers) {
  using Item = NewDossier;
  const std::string hashes = absl::StrJoin(dossiers, ",", [](std::string* out, const Item& i) {
    absl::StrAppend(out, base::HexEncode(i.pgn_hash));
  });
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kBringPgnHashes, pg::Params().Text(hashes)));
  return tx
      .Execute(sql::kMakePupils,
               pg::Params()
                   .TextArray(Texts(
                       dossiers, [](const Item& i) { return i.command->dossier.region.value(); }))
                   .TextArray(Texts(dossiers, [](const Item& i) { return i.pupil.value(); }))
                   .BytesArray(Texts(dossiers, [](const Item& i) { return i.pgn_hash; }))
                   .BytesArray(Texts(dossiers, [](const Item& i) { return i.pgn_sealed; }))
                   .TimeArray(Times(dossiers,
                                    [](const Item& i) { return i.command->dossier.created_at; })))
      .status();
}

absl::StatusOr<std::vector<std::string>> FindPupils(pg::Transaction& tx,
                                                    const std::vector<NewDossier>& dossiers) {
  using Item = NewDossier;
  VSV_ASSIGN_OR_RETURN(
      const pg::Result result,
      tx.Execute(sql::kFindPupils,
                 pg::Params()
                     .TextArray(Texts(
                         dossiers, [](const Item& i) { return i.command->dossier.region.value(); }))
                     .BytesArray(Texts(dossiers, [](const Item& i) { return i.pgn_hash; }))));
  std::vector<std::string> ids;
  for (const pg::Row row : result) ids.push_back(row.Text("id"));
  return ids;
}

// TRANSACTION_CONFLICT when a pupil was erased since it was found: the next run makes it anew.
absl::StatusOr<pg::Result> InsertDossiers(pg::Transaction& tx,
                                          const std::vector<Of<std::string>>& rows) {
  absl::StatusOr<pg::Result> inserted = tx.Execute(sql::kInsertDossiers, DossierParams(rows));
  if (pg::ConstraintOf(inserted.status()) == "dossiers_pupil_fkey") {
    return errors::TransactionConflict();
  }
  return inserted;
}

// A dossier is not made where there is one already, and where its pupil was erased since it was
// found. Told apart by trying once more between two looks at the pupils: when they were the same
// all the time and nothing was made, there is one already. Else TRANSACTION_CONFLICT, and the next
// run makes the pupil anew.
absl::Status CheckExisting(pg::Transaction& tx, const std::vector<NewDossier>& missing) {
  std::set<std::pair<RegionId, std::string>> pupils;
  std::vector<Of<std::string>> rows;
  for (const NewDossier& dossier : missing) {
    pupils.emplace(dossier.command->dossier.region, dossier.pgn_hash);
    rows.push_back({&dossier.command->dossier, dossier.pgn_hash});
  }
  VSV_ASSIGN_OR_RETURN(const std::vector<std::string> before, FindPupils(tx, missing));
  VSV_ASSIGN_OR_RETURN(const pg::Result inserted, InsertDossiers(tx, rows));
  VSV_ASSIGN_OR_RETURN(const std::vector<std::string> after, FindPupils(tx, missing));
  const bool same = before.size() == pupils.size() && before == after;
  return same && inserted.affected_rows() == 0 ? absl::OkStatus() : errors::TransactionConflict();
}

}  // namespace

absl::Status WriteEffects(pg::Transaction& tx, const std::vector<Effect>& effects) {
  if (effects.empty()) return absl::OkStatus();
  std::vector<Of<std::string>> rows;
  std::vector<const DossierChange*> changes;
  PartyChanges parties;
  for (const Effect& effect : effects) {
    rows.push_back({&effect.change.dossier, ""});
    changes.push_back(&effect.change);
    AddPartyChanges(*effect.asker, *effect.before, effect.change, parties);
  }
  VSV_ASSIGN_OR_RETURN(const pg::Result updated,
                       tx.Execute(sql::kUpdateDossiers, DossierParams(rows)));
  if (updated.affected_rows() != static_cast<int64_t>(rows.size())) {
    // Of a dossier that came in sight after the locks were taken: the next run takes its lock.
    return errors::TransactionConflict();
  }
  VSV_RETURN_IF_ERROR(WriteBelongings(tx, changes));
  return WriteParties(tx, parties);
}

absl::StatusOr<std::vector<std::optional<PupilId>>> WriteNewDossiers(
    pg::Transaction& tx, const std::vector<NewDossier>& dossiers) {
  VSV_RETURN_IF_ERROR(MakePupils(tx, dossiers));
  std::vector<Of<std::string>> rows;
  for (const NewDossier& dossier : dossiers) {
    rows.push_back({&dossier.command->dossier, dossier.pgn_hash});
  }
  VSV_ASSIGN_OR_RETURN(const pg::Result inserted, InsertDossiers(tx, rows));
  std::map<std::string, std::string> pupils;  // by id of the dossier
  for (const pg::Row row : inserted) pupils.emplace(row.Text("id"), row.Text("pupil_id"));
  std::vector<NewDossier> missing;
  for (const NewDossier& dossier : dossiers) {
    if (pupils.count(dossier.command->dossier.id.value()) == 0) missing.push_back(dossier);
  }
  if (!missing.empty()) VSV_RETURN_IF_ERROR(CheckExisting(tx, missing));
  std::vector<Of<const Section*>> sections;
  std::vector<Of<const WarmHandover*>> handovers;
  PartyChanges parties;
  std::vector<std::optional<PupilId>> made(dossiers.size());
  for (size_t i = 0; i < dossiers.size(); ++i) {
    const CreateCommand& command = *dossiers[i].command;
    const auto pupil = pupils.find(command.dossier.id.value());
    if (pupil == pupils.end()) continue;
    made[i] = PupilId(pupil->second);
    for (const Section& section : command.sections)
      sections.push_back({&command.dossier, &section});
    handovers.push_back({&command.dossier, &command.handover});
    AddDeliveringParty(command, parties);
  }
  // The relation first: it opens the wall for what belongs to the dossier.
  VSV_RETURN_IF_ERROR(WriteParties(tx, parties));
  VSV_RETURN_IF_ERROR(WriteSections(tx, sections));
  VSV_RETURN_IF_ERROR(WriteHandovers(tx, handovers));
  return made;
}

absl::Status WriteCounts(pg::Transaction& tx, std::vector<CountDelta>& counts) {
  std::map<CountKey, int64_t> sums;
  for (const CountDelta& count : counts) sums[count.key] += count.delta;
  counts.clear();
  for (const auto& [key, delta] : sums) {
    if (delta != 0) counts.push_back({key, delta});
  }
  if (counts.empty()) return absl::OkStatus();
  using Item = CountDelta;
  return tx
      .Execute(
          sql::kAddProcessCounts,
          pg::Params()
              .TextArray(Texts(counts, [](const Item& i) { return i.key.region.value(); }))
              .TextArray(Texts(counts, [](const Item& i) { return Name(i.key.process); }))
              .TextArray(Texts(counts, [](const Item& i) { return i.key.state; }))
              .TextArray(Texts(counts, [](const Item& i) { return i.key.responsible.value(); }))
              .DayArray(Days(counts, [](const Item& i) { return i.key.due_on; }))
              .DayArray(Days(counts, [](const Item& i) { return i.key.day; }))
              .IntArray(Ints(counts, [](const Item& i) { return i.delta; })))
      .status();
}

}  // namespace vsv::dossiers
