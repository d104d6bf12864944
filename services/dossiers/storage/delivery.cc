#include "services/dossiers/storage/delivery.h"

#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/columns.h"
#include "services/dossiers/storage/statements.h"

#include "absl/strings/str_join.h"

namespace vsv::dossiers {

absl::Status RecordHoldings(pg::Transaction& tx, const std::vector<Delivery>& deliveries) {
  if (deliveries.empty()) return absl::OkStatus();
  using Item = Delivery;
  return tx
      .Execute(
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
              .TimeArray(Times(deliveries, [](const Item& i) { return i.asker->now; })))
      .status();
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
