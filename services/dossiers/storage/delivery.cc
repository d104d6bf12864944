#include "services/dossiers/storage/delivery.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/columns.h"
#include "services/dossiers/storage/statements.h"

#include "absl/strings/str_join.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace vsv::dossiers {

namespace {

// One receipt for what an asker gets of a dossier by several calls of a batch: the statement puts
// each row once.
std::vector<Delivery> Distinct(const std::vector<Delivery>& deliveries) {
  std::map<std::tuple<RegionId, DossierId, OrganisationId, Purpose>, Delivery> receipts;
  for (const Delivery& delivery : deliveries) {
    const auto [place, is_new] = receipts.try_emplace(
        {delivery.region, delivery.dossier, delivery.asker->organisation, delivery.asker->purpose},
        delivery);
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

}  // namespace

absl::Status RecordHoldings(pg::Transaction& tx, const std::vector<Delivery>& all) {
  if (all.empty()) return absl::OkStatus();
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
              .TimeArray(Times(deliveries, [](const Item& i) { return i.asker->now; }))));
  // The transaction is run again, and finds it absent.
  return result[0].Bool("is_gone") ? errors::TransactionConflict() : absl::OkStatus();
}

absl::Status RecordRecalls(pg::Transaction& tx, const Asker& asker,
                           const std::vector<Recalled>& recalled) {
  if (recalled.empty()) return absl::OkStatus();
  using Item = Recalled;
  return tx
      .Execute(sql::kRecallHoldings,
               pg::Params()
                   .Text(asker.organisation.value())
                   .Text(Name(asker.purpose))
                   .Time(asker.now)
                   .TextArray(Texts(recalled, [](const Item& i) { return i.region.value(); }))
                   .TextArray(Texts(recalled, [](const Item& i) { return i.dossier.value(); }))
                   .TextArray(Texts(recalled,
                                    [](const Item& i) { return absl::StrJoin(i.categories, ","); }))
                   .IntArray(Ints(recalled, [](const Item& i) { return i.version; })))
      .status();
}

}  // namespace vsv::dossiers
