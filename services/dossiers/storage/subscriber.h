// A subscriber, for tests of what it is told.
#pragma once

#include "libs/testing/status_matchers.h"
#include "services/dossiers/storage/test_world.h"

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace vsv::dossiers {

// A subscriber as the contract wants it: effect and cursor together.
class Subscriber {
 public:
  Subscriber(TestWorld& world, absl::string_view organisation, Purpose purpose)
      : world_(world), organisation_(organisation), purpose_(purpose) {}

  void Snapshot() {
    const Asker asker = world_.As(organisation_, purpose_);
    const absl::StatusOr<Positions> heads = world_.changes().Heads({world_.region}, asker.deadline);
    VSV_ASSERT_OK(heads);
    positions = *heads;
    std::optional<DossierId> after;
    while (true) {
      VSV_ASSERT_OK_AND_ASSIGN(
          const Page<DossierRow> page,
          world_.changes().Snapshot(
              {world_.As(organisation_, purpose_), world_.region, after, {.rows = 7}}));
      for (const DossierRow& row : page.rows) Apply(row);
      if (!page.more) return;
      after = page.rows.back().dossier.id;
    }
  }

  // Reads until there is no more; returns the changes.
  std::vector<DossierChangeRow> Follow() {
    std::vector<DossierChangeRow> all;
    bool more = true;
    while (more) {
      absl::StatusOr<DossierChanges> batch =
          world_.changes().Changes({world_.As(organisation_, purpose_), positions, limits});
      EXPECT_THAT(batch, testing::IsOk());
      if (!batch.ok()) return all;
      batches.push_back(static_cast<int>(batch->changes.size()));
      for (const DossierChangeRow& change : batch->changes) {
        if (const auto* row = std::get_if<DossierRow>(&change.change)) Apply(*row);
        if (const auto* gone = std::get_if<Tombstone>(&change.change)) Apply(*gone);
        all.push_back(change);
      }
      positions = batch->positions;
      more = batch->more;
    }
    return all;
  }

  void Apply(const DossierRow& row) {
    held[row.dossier.id] = row.granted;
    versions[row.dossier.id] = row.dossier.version;
  }

  void Apply(const Tombstone& tombstone) {
    if (tombstone.categories == kAllCategories) {
      held.erase(tombstone.dossier);
      versions.erase(tombstone.dossier);
    } else {
      held[tombstone.dossier] = held[tombstone.dossier].Minus(tombstone.categories);
    }
  }

  PageLimits limits = {.rows = 5};
  std::vector<int> batches;  // changes of each
  Positions positions = {{RegionId("16"), 0}};
  std::map<DossierId, CategorySet> held;
  std::map<DossierId, int64_t> versions;

 private:
  TestWorld& world_;
  std::string organisation_;
  Purpose purpose_;
};

inline std::vector<Tombstone> Tombstones(const std::vector<DossierChangeRow>& changes) {
  std::vector<Tombstone> found;
  for (const DossierChangeRow& change : changes) {
    if (const auto* gone = std::get_if<Tombstone>(&change.change)) found.push_back(*gone);
  }
  return found;
}

}  // namespace vsv::dossiers
