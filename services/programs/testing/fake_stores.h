// The stores in memory, for tests of what lies above them. Held to the same suite as PostgreSQL.
#pragma once

#include "libs/base/clock.h"
#include "libs/errors/errors.h"
#include "services/programs/domain/process_counts.h"
#include "services/programs/domain/region_roles.h"
#include "services/programs/domain/store.h"

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace vsv::programs {

// What all fake stores share: one database, one lock.
struct FakeDatabase {
  explicit FakeDatabase(const base::Clock& clock_in) : clock(clock_in) {}

  template <typename T>
  std::map<typename T::Name, Stored<T>>& Table();

  // Why `resource` cannot be stored beside what is there; OK otherwise.
  absl::Status CheckReferences(const Program& resource) const;
  absl::Status CheckReferences(const ProgramLine& resource) const;
  absl::Status CheckReferences(const Measure& resource) const;
  absl::Status CheckReferences(const IndicatorLink& resource) const;
  absl::Status CheckReferences(const SpecialAssignment& resource) const;

  const base::Clock& clock;
  absl::Mutex mutex;
  std::map<ProgramName, Stored<Program>> programs;
  std::map<LineName, Stored<ProgramLine>> lines;
  std::map<MeasureName, Stored<Measure>> measures;
  std::map<IndicatorLinkName, Stored<IndicatorLink>> links;
  std::map<SpecialAssignmentName, Stored<SpecialAssignment>> assignments;
  // Body hash by caller, method, region and request id.
  std::map<std::tuple<std::string, std::string, std::string, std::string>, std::string> requests;
  std::vector<CounterValue> counters;
  std::optional<absl::Time> dossiers_as_of;
};

template <typename T>
class FakeResourceStore : public ResourceStore<T> {
 public:
  explicit FakeResourceStore(FakeDatabase& database) : database_(database) {}

  std::vector<absl::StatusOr<Stored<T>>> Create(absl::Span<const CreateCommand<T>> commands,
                                                absl::Time deadline) override;
  std::vector<absl::StatusOr<Stored<T>>> Get(absl::Span<const typename T::Name> names,
                                             absl::Time deadline) override;
  absl::StatusOr<Page<T>> List(const ListQuery<T>& query, absl::Time deadline) override;
  std::vector<absl::StatusOr<Stored<T>>> Update(absl::Span<const UpdateCommand<T>> commands,
                                                absl::Time deadline) override;

 private:
  absl::StatusOr<Stored<T>> CreateOne(const CreateCommand<T>& command)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(database_.mutex);
  absl::StatusOr<Stored<T>> UpdateOne(const UpdateCommand<T>& command)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(database_.mutex);
  absl::StatusOr<Stored<T>> GetOne(const typename T::Name& name)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(database_.mutex);

  FakeDatabase& database_;
};

class FakeLineFactsStore : public LineFactsStore {
 public:
  explicit FakeLineFactsStore(FakeDatabase& database) : database_(database) {}

  absl::StatusOr<LineFacts> Read(const LineName& line, absl::CivilDay reference,
                                 absl::Time deadline) override;

 private:
  FakeDatabase& database_;
};

// Roles as a test sets them, alike on every day.
class FakeRegionRoles : public RegionRoles {
 public:
  void Set(std::string region, std::string organisation, std::set<ProgrammeRole> roles) {
    roles_[{std::move(region), OrganisationId(std::move(organisation))}] = std::move(roles);
  }

  absl::StatusOr<std::set<ProgrammeRole>> RolesOf(absl::string_view region,
                                                  const OrganisationId& organisation,
                                                  absl::CivilDay, absl::Time) override {
    const auto found = roles_.find({std::string(region), organisation});
    return found == roles_.end() ? std::set<ProgrammeRole>() : found->second;
  }

 private:
  std::map<std::pair<std::string, OrganisationId>, std::set<ProgrammeRole>> roles_;
};

// All of them over one database.
struct FakeStores {
  explicit FakeStores(const base::Clock& clock) : database(clock) {}

  Stores AsStores() { return {programs, lines, measures, assignments, links, facts}; }

  FakeDatabase database;
  FakeResourceStore<Program> programs{database};
  FakeResourceStore<ProgramLine> lines{database};
  FakeResourceStore<Measure> measures{database};
  FakeResourceStore<SpecialAssignment> assignments{database};
  FakeResourceStore<IndicatorLink> links{database};
  FakeLineFactsStore facts{database};
};

}  // namespace vsv::programs
