#include "services/dossiers/storage/delivery.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/columns.h"
#include "services/dossiers/storage/events.h"
#include "services/dossiers/storage/question.h"
#include "services/dossiers/storage/statements.h"

#include "absl/strings/str_join.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace vsv::dossiers {

namespace {

using Key = std::tuple<RegionId, DossierId, OrganisationId, Purpose>;

Key KeyOf(const Delivery& delivery) {
  return {delivery.region, delivery.dossier, delivery.asker->organisation, delivery.asker->purpose};
}

// One receipt for what an asker gets of a dossier by several calls of a batch: the statement puts
// each row once.
std::vector<Delivery> Distinct(const std::vector<Delivery>& deliveries) {
  std::map<Key, Delivery> receipts;
  for (const Delivery& delivery : deliveries) {
    const auto [place, is_new] = receipts.try_emplace(KeyOf(delivery), delivery);
    if (is_new) continue;
    Grants& held = place->second.grants;
    for (size_t i = 0; i < delivery.grants.names.size(); ++i) {
      const std::string& name = delivery.grants.names[i];
      if (std::find(held.names.begin(), held.names.end(), name) != held.names.end()) continue;
      held.names.push_back(name);
      held.bases.push_back(delivery.grants.bases[i]);
    }
  }
  std::vector<Delivery> distinct;
  for (auto& [key, delivery] : receipts) distinct.push_back(std::move(delivery));
  return distinct;
}

// For dossiers that were changed since they were judged, and are locked now. A change that took
// nothing back may be handed out behind: the feed brings it. TRANSACTION_CONFLICT otherwise: the
// transaction is run again, and finds less, or nothing.
absl::Status CheckStillGranted(pg::Transaction& tx, const std::vector<Delivery>& late) {
  if (late.empty()) return absl::OkStatus();
  std::vector<Question> questions;
  for (const Delivery& delivery : late) {
    questions.push_back({delivery.asker, delivery.region, delivery.dossier});
  }
  // How old the register may be was asked when they were judged.
  VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                       tx.Execute(sql::kJudgeMade, AskParams(questions).Int(0)));
  for (const pg::Row row : rows) {
    const CategorySet granted = CategoriesOf(row.TextArray("categories"));
    const Delivery& delivery = late[static_cast<size_t>(row.Int("ordinal")) - 1];
    if (!CategoriesOf(delivery.grants.names).Minus(granted).empty()) {
      return errors::TransactionConflict();
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::set<size_t>> NoteHoldings(pg::Transaction& tx, const std::vector<Delivery>& all,
                                              Changing changing) {
  std::set<size_t> busy;
  if (all.empty()) return busy;
  const std::vector<Delivery> deliveries = Distinct(all);
  using Item = Delivery;
  VSV_ASSIGN_OR_RETURN(
      const pg::Result result,
      tx.Execute(
          sql::kPutHoldings,
          pg::Params()
              .TextArray(Texts(deliveries, [](const Item& i) { return i.region.value(); }))
              .TextArray(Texts(deliveries, [](const Item& i) { return i.dossier.value(); }))
              .TextArray(
                  Texts(deliveries, [](const Item& i) { return i.asker->organisation.value(); }))
              .TextArray(Texts(deliveries, [](const Item& i) { return Name(i.asker->purpose); }))
              .TextArray(Texts(deliveries,
                               [](const Item& i) { return absl::StrJoin(i.grants.names, ","); }))
              .TextArray(Texts(deliveries,
                               [](const Item& i) { return absl::StrJoin(i.grants.bases, ","); }))
              .TimeArray(Times(deliveries, [](const Item& i) { return i.asker->now; }))
              .IntArray(Ints(deliveries, [](const Item& i) { return i.version; }))
              .Bool(changing == Changing::kAwait)));
  std::vector<Delivery> late;
  std::set<Key> to_wait;
  for (const pg::Row row : result) {
    const Delivery& delivery = deliveries[static_cast<size_t>(row.Int("ordinal")) - 1];
    if (row.Bool("is_busy")) {
      to_wait.insert(KeyOf(delivery));
    } else {
      late.push_back(delivery);
    }
  }
  for (size_t i = 0; i < all.size() && !to_wait.empty(); ++i) {
    if (to_wait.count(KeyOf(all[i])) > 0) busy.insert(i);
  }
  VSV_RETURN_IF_ERROR(CheckStillGranted(tx, late));
  return busy;
}

absl::Status FirstReceipts::Record(pg::Transaction& tx, const std::vector<Delivery>& all) {
  if (changing_ == Changing::kAwait) VSV_RETURN_IF_ERROR(tx.Execute(sql::kWaitForAMoment).status());
  VSV_ASSIGN_OR_RETURN(const std::set<size_t> busy, NoteHoldings(tx, all, changing_));
  if (busy.empty()) return absl::OkStatus();
  changing_ = Changing::kAwait;
  return errors::TransactionConflict();
}

absl::Status RecordRecalls(pg::Transaction& tx, const Asker& asker,
                           const std::vector<Recalled>& recalled) {
  if (recalled.empty()) return absl::OkStatus();
  using Item = Recalled;
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(sql::kRecallHoldings,
                 pg::Params()
                     .Text(asker.organisation.value())
                     .Text(Name(asker.purpose))
                     .Time(asker.now)
                     .TextArray(Texts(recalled, [](const Item& i) { return i.region.value(); }))
                     .TextArray(Texts(recalled, [](const Item& i) { return i.dossier.value(); }))
                     .TextArray(Texts(
                         recalled, [](const Item& i) { return absl::StrJoin(i.categories, ","); }))
                     .IntArray(Ints(recalled, [](const Item& i) { return i.last_version; }))
                     .IntArray(Ints(recalled, [](const Item& i) { return i.first_version; }))));
  DossierNames news;
  for (const pg::Row row : rows) {
    if (row.Bool("is_news")) news.emplace(row.Text("region_id"), row.Text("dossier_id"));
  }
  return PublishUnchanged(tx, news, asker.now);
}

}  // namespace vsv::dossiers
