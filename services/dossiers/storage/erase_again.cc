#include "services/dossiers/storage/erase_again.h"

#include "libs/audit/audit.h"
#include "libs/base/hash.h"
#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/obs/log.h"
#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/category.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/access_log.h"
#include "services/dossiers/storage/columns.h"
#include "services/dossiers/storage/erasures.h"
#include "services/dossiers/storage/statements.h"

#include "absl/time/clock.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {
namespace {

constexpr absl::Duration kTransactionTime = absl::Minutes(1);
constexpr int64_t kChunk = 10'000;
constexpr char kBeforeTheFirst[] = "00000000-0000-0000-0000-000000000000";
// Nobody calls: the service does what its register tells it to.
constexpr char kService[] = "vsv-dossiers";
constexpr char kMethod[] = "/vsv.dossiers.v1.ErasureService/EraseDossier";
constexpr char kProcessingActivity[] = "wissing-na-terugzetten";

// Erasures of a region by the hash of the dossier.
using Named = std::map<std::string, Erasure>;

absl::Status InWorker(pg::Pool& worker, const std::function<absl::Status(pg::Transaction&)>& body) {
  return pg::RunInTransaction(worker, pg::Mode::kReadWrite, absl::Now() + kTransactionTime, {},
                              body);
}

audit::Entry EntryOf(const ToErase& dossier, absl::Time now) {
  audit::Entry entry;
  entry.region = dossier.region.value();
  entry.recorded_at = now;
  entry.method = kMethod;
  entry.resource_kind = kDossierKind;
  entry.organisation_id = kService;
  entry.acting_organisation_id = kService;
  entry.purpose = std::string(Name(Purpose::kUnspecified));
  entry.processing_activity = kProcessingActivity;
  for (const Category category : kAllCategories.Members())
    entry.categories.emplace_back(Name(category));
  entry.trace_id = std::string(32, '0');
  entry.subject_ids = {dossier.dossier.value()};
  entry.subjects_may_be_gone = true;
  return entry;
}

// Those among the dossiers of a region, in the order of their ids, that are named.
absl::StatusOr<std::vector<ToErase>> Find(pg::Pool& worker, const RegionId& region,
                                          const Named& named, const std::string& key) {
  std::vector<ToErase> found;
  std::string after = kBeforeTheFirst;
  int64_t looked = kChunk;
  while (looked == kChunk) {
    std::vector<std::string> ids;
    VSV_RETURN_IF_ERROR(InWorker(worker, [&](pg::Transaction& tx) -> absl::Status {
      ids.clear();
      VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                           tx.Execute(sql::kListDossierIds,
                                      pg::Params().Text(region.value()).Text(after).Int(kChunk)));
      for (const pg::Row row : rows) ids.push_back(row.Text("id"));
      return absl::OkStatus();
    }));
    for (const std::string& id : ids) {
      const auto erasure = named.find(base::HmacSha256(key, id));
      if (erasure == named.end()) continue;
      found.push_back({region, DossierId(id), erasure->second.erased_at, erasure->second.ground});
    }
    looked = static_cast<int64_t>(ids.size());
    if (!ids.empty()) after = ids.back();
  }
  return found;
}

absl::StatusOr<int64_t> EraseOne(pg::Pool& worker, const ToErase& dossier, const PupilKeys& keys,
                                 absl::Time now) {
  int64_t erased = 0;
  VSV_RETURN_IF_ERROR(InWorker(worker, [&](pg::Transaction& tx) -> absl::Status {
    VSV_RETURN_IF_ERROR(audit::Append(tx, {EntryOf(dossier, now)}));
    VSV_ASSIGN_OR_RETURN(
        erased, EraseIn(tx, sql::kEraseDossiersAgain, keys, {dossier}, base::LocalDay(now)));
    return absl::OkStatus();
  }));
  return erased;
}

absl::Status Note(pg::Transaction& tx, const std::vector<Erasure>& all) {
  using Item = Erasure;
  return tx
      .Execute(sql::kNoteErasures,
               pg::Params()
                   .TextArray(Texts(all, [](const Item& i) { return i.region.value(); }))
                   .BytesArray(Texts(all, [](const Item& i) { return i.dossier_hash; }))
                   .TimeArray(Times(all, [](const Item& i) { return i.erased_at; }))
                   .TextArray(Texts(all, [](const Item& i) { return Name(i.ground); })))
      .status();
}

}  // namespace

absl::Status CarryErasures(pg::Transaction& tx, ErasureRegister& erasures) {
  VSV_ASSIGN_OR_RETURN(const pg::Result rows, tx.Execute(sql::kListErasures));
  std::vector<Erasure> known;
  for (const pg::Row row : rows) {
    const auto ground = FromName<ErasureGround>(row.Text("ground"));
    if (!ground.has_value()) return errors::Internal("a ground of erasure that has no name here");
    known.push_back({RegionId(row.Text("region_id")), row.Bytes("dossier_hash"),
                     row.Time("erased_at"), *ground});
  }
  return erasures.Keep(known);
}

absl::StatusOr<int64_t> EraseAgain(pg::Pool& worker, ErasureRegister& erasures,
                                   const PupilKeys& keys, const base::Clock& clock) {
  VSV_RETURN_IF_ERROR(
      InWorker(worker, [&](pg::Transaction& tx) { return CarryErasures(tx, erasures); }));
  const std::vector<Erasure> all = erasures.All();
  std::map<RegionId, Named> by_region;
  for (const Erasure& erasure : all) by_region[erasure.region][erasure.dossier_hash] = erasure;
  int64_t again = 0;
  for (const auto& [region, named] : by_region) {
    VSV_ASSIGN_OR_RETURN(const std::vector<ToErase> found,
                         Find(worker, region, named, keys.ErasureKey(region)));
    for (const ToErase& dossier : found) {
      VSV_ASSIGN_OR_RETURN(const int64_t erased, EraseOne(worker, dossier, keys, clock.Now()));
      again += erased;
    }
  }
  if (!all.empty()) {
    VSV_RETURN_IF_ERROR(InWorker(worker, [&](pg::Transaction& tx) { return Note(tx, all); }));
  }
  obs::Log(again > 0 ? obs::Severity::kWarning : obs::Severity::kInfo, "erasures applied",
           {{"named", std::to_string(all.size())}, {"erased_again", std::to_string(again)}});
  return again;
}

}  // namespace vsv::dossiers
