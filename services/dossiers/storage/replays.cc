#include "services/dossiers/storage/replays.h"

#include "libs/base/status_macros.h"
#include "services/dossiers/storage/columns.h"
#include "services/dossiers/storage/dossier_columns.h"
#include "services/dossiers/storage/statements.h"

#include <utility>

namespace vsv::dossiers {
namespace {

// Of a dossier that others have changed since: which one it is, and the application or consent that
// the request was about.
DossierRow WhatStaysKnown(DossierRow row) {
  DossierRow known;
  known.dossier.region = row.dossier.region;
  known.dossier.id = row.dossier.id;
  known.applications = std::move(row.applications);
  known.consents = std::move(row.consents);
  return known;
}

}  // namespace

absl::StatusOr<std::vector<std::optional<std::string>>> FindReferences(
    pg::Transaction& tx, const std::vector<pg::IdempotencyKey>& requests) {
  using Item = pg::IdempotencyKey;
  VSV_ASSIGN_OR_RETURN(
      const pg::Result result,
      tx.Execute(sql::kFindReplays,
                 pg::Params()
                     .TextArray(Texts(requests, [](const Item& i) { return i.caller; }))
                     .TextArray(Texts(requests, [](const Item& i) { return i.method; }))
                     .TextArray(Texts(requests, [](const Item& i) { return i.region; }))
                     .TextArray(Texts(requests, [](const Item& i) { return i.request_id; }))
                     .BytesArray(Texts(requests, [](const Item& i) { return i.body_hash; }))));
  std::vector<std::optional<std::string>> references(requests.size());
  for (const pg::Row row : result) {
    references[static_cast<size_t>(row.Int("ordinal")) - 1] =
        row.OptionalText("reference").value_or("");
  }
  return references;
}

absl::StatusOr<std::vector<std::optional<DossierRow>>> ReadRepeated(
    pg::Transaction& tx, const std::vector<Repeated>& repeated, const PupilKeys& keys) {
  using Item = Repeated;
  VSV_ASSIGN_OR_RETURN(
      const pg::Result result,
      tx.Execute(
          sql::kReadRepeated,
          pg::Params()
              .TextArray(Texts(repeated, [](const Item& i) { return i.request.region; }))
              .TextArray(Texts(repeated, [](const Item& i) { return i.dossier.value(); }))
              .TextArray(Texts(repeated, [](const Item& i) { return i.request.caller; }))
              .TextArray(Texts(repeated, [](const Item& i) { return i.request.method; }))
              .TextArray(Texts(repeated, [](const Item& i) { return i.request.request_id; }))));
  std::vector<std::optional<DossierRow>> rows(repeated.size());
  for (const pg::Row row : result) {
    VSV_ASSIGN_OR_RETURN(DossierRow dossier, ReadDossier(row, keys));
    ReadFacts(row, dossier);
    if (!row.Bool("is_unchanged")) dossier = WhatStaysKnown(std::move(dossier));
    rows[static_cast<size_t>(row.Int("ordinal")) - 1] = std::move(dossier);
  }
  return rows;
}

}  // namespace vsv::dossiers
