#include "services/dossiers/storage/events.h"

#include "libs/base/local_date.h"
#include "libs/feed/outbox.h"
#include "services/dossiers/domain/names.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace vsv::dossiers {

absl::Status Publish(pg::Transaction& tx, const std::vector<const Dossier*>& dossiers,
                     const std::vector<CountDelta>& counts) {
  std::vector<feed::OutboxEvent> events;
  for (const Dossier* dossier : dossiers) {
    events.push_back(
        {dossier->region.value(), kDossierEvents, dossier->id.value(), dossier->version});
  }
  for (const CountDelta& count : counts) {
    events.push_back({count.key.region.value(), kCountEvents, CountEventId(count.key), 1});
  }
  if (events.empty()) return absl::OkStatus();
  return feed::AppendOutbox(tx, events);
}

absl::Status PublishUnchanged(pg::Transaction& tx, const DossierNames& dossiers,
                              absl::Time noted_at) {
  std::vector<feed::OutboxEvent> events;
  for (const auto& [region, dossier] : dossiers) {
    events.push_back({region, kBasisEvents, dossier, absl::ToUnixMicros(noted_at)});
  }
  return feed::AppendOutbox(tx, events);
}

bool IsOfDossier(const feed::FeedEntry& entry) {
  return entry.resource_kind == kDossierEvents || entry.resource_kind == kBasisEvents;
}

std::string CountEventId(const CountKey& key) {
  return absl::StrJoin({std::string(Name(key.process)), key.state, key.responsible.value(),
                        base::FormatIsoDate(key.due_on), base::FormatIsoDate(key.day)},
                       "/");
}

std::optional<CountKey> ParseCountEventId(const RegionId& region, absl::string_view id) {
  const std::vector<std::string> parts = absl::StrSplit(id, '/');
  if (parts.size() != 5) return std::nullopt;
  const std::optional<Process> process = FromName<Process>(parts[0]);
  const std::optional<absl::CivilDay> due_on = base::ParseIsoDate(parts[3]);
  const std::optional<absl::CivilDay> day = base::ParseIsoDate(parts[4]);
  if (!process.has_value() || !due_on.has_value() || !day.has_value()) return std::nullopt;
  return CountKey{region, *process, parts[1], OrganisationId(parts[2]), *due_on, *day};
}

}  // namespace vsv::dossiers
