#include "services/dossiers/storage/parties.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/dossiers/storage/columns.h"
#include "services/dossiers/storage/statements.h"

#include <algorithm>

namespace vsv::dossiers {
namespace {

constexpr char kDelivering[] = "DELIVERING";
constexpr char kReceiving[] = "RECEIVING";
constexpr char kAppliedTo[] = "APPLIED_TO";
constexpr char kConsentedParty[] = "CONSENTED_PARTY";

bool NamedByAnother(const DossierRow& before, const Consent& withdrawn) {
  return std::any_of(before.consents.begin(), before.consents.end(), [&](const Consent& other) {
    return other.id != withdrawn.id && other.recipient == withdrawn.recipient &&
           !other.withdrawn_at.has_value();
  });
}

}  // namespace

void AddDeliveringParty(const CreateCommand& command, PartyChanges& parties) {
  const Dossier& dossier = command.dossier;
  parties.opened.push_back({dossier.region, dossier.id, dossier.delivering, kDelivering,
                            command.asker.organisation, command.asker.now});
}

void AddPartyChanges(const Asker& asker, const DossierRow& before, const DossierChange& change,
                     PartyChanges& parties) {
  const Dossier& dossier = before.dossier;
  const auto party = [&](const OrganisationId& organisation, const char* relation) {
    return Party{dossier.region, dossier.id, organisation, relation, asker.organisation, asker.now};
  };
  if (dossier.receiving != change.dossier.receiving) {
    if (dossier.receiving) parties.closed.push_back(party(*dossier.receiving, kReceiving));
    if (change.dossier.receiving) {
      parties.opened.push_back(party(*change.dossier.receiving, kReceiving));
    }
  }
  if (change.application.has_value() &&
      std::none_of(before.applications.begin(), before.applications.end(),
                   [&](const Application& known) { return known.id == change.application->id; })) {
    parties.opened.push_back(party(change.application->institution, kAppliedTo));
  }
  if (change.consent.has_value()) {
    const Consent& consent = *change.consent;
    if (!consent.withdrawn_at.has_value()) {
      parties.opened.push_back(party(consent.recipient, kConsentedParty));
    } else if (!NamedByAnother(before, consent)) {
      parties.closed.push_back(party(consent.recipient, kConsentedParty));
    }
  }
}

absl::Status WriteParties(pg::Transaction& tx, const PartyChanges& parties) {
  if (!parties.closed.empty()) {
    const std::vector<Party>& closed = parties.closed;
    VSV_ASSIGN_OR_RETURN(
        const pg::Result result,
        tx.Execute(
            sql::kCloseParties,
            pg::Params()
                .TextArray(Texts(closed, [](const Party& p) { return p.region.value(); }))
                .TextArray(Texts(closed, [](const Party& p) { return p.dossier.value(); }))
                .TextArray(Texts(closed, [](const Party& p) { return p.organisation.value(); }))
                .TextArray(Texts(closed, [](const Party& p) { return p.relation; }))
                .TimeArray(Times(closed, [](const Party& p) { return p.at; }))));
    if (result[0].Int("able") != static_cast<int64_t>(closed.size())) {
      return errors::Internal("the wall kept a relation from ending");
    }
  }
  if (parties.opened.empty()) return absl::OkStatus();
  const std::vector<Party>& opened = parties.opened;
  return tx
      .Execute(sql::kOpenParties,
               pg::Params()
                   .TextArray(Texts(opened, [](const Party& p) { return p.region.value(); }))
                   .TextArray(Texts(opened, [](const Party& p) { return p.dossier.value(); }))
                   .TextArray(Texts(opened, [](const Party& p) { return p.organisation.value(); }))
                   .TextArray(Texts(opened, [](const Party& p) { return p.relation; }))
                   .TextArray(Texts(opened, [](const Party& p) { return p.set_by.value(); }))
                   .TimeArray(Times(opened, [](const Party& p) { return p.at; })))
      .status();
}

}  // namespace vsv::dossiers
