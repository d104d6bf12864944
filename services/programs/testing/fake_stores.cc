#include "services/programs/testing/fake_stores.h"

#include "libs/base/status_macros.h"

#include <algorithm>

namespace vsv::programs {
namespace {

std::string RegionOf(const ProgramName& name) {
  return name.region;
}

std::string RegionOf(const LineName& name) {
  return name.program.region;
}

std::string RegionOf(const MeasureName& name) {
  return name.line.program.region;
}

std::string RegionOf(const IndicatorLinkName& name) {
  return name.line.program.region;
}

std::string RegionOf(const SpecialAssignmentName& name) {
  return name.program.region;
}

std::string IdOf(const ProgramName& name) {
  return name.program;
}

std::string IdOf(const LineName& name) {
  return name.line;
}

std::string IdOf(const MeasureName& name) {
  return name.measure;
}

std::string IdOf(const IndicatorLinkName& name) {
  return name.link;
}

std::string IdOf(const SpecialAssignmentName& name) {
  return name.assignment;
}

bool IsUnder(const ProgramName& name, const ParentName& parent) {
  return name.region == parent.region;
}

bool IsUnder(const LineName& name, const ParentName& parent) {
  return name.program == ProgramName{parent.region, parent.program};
}

bool IsUnder(const SpecialAssignmentName& name, const ParentName& parent) {
  return name.program == ProgramName{parent.region, parent.program};
}

bool IsUnder(const MeasureName& name, const ParentName& parent) {
  return name.line == LineName{{parent.region, parent.program}, parent.line};
}

bool IsUnder(const IndicatorLinkName& name, const ParentName& parent) {
  return name.line == LineName{{parent.region, parent.program}, parent.line};
}

template <typename T>
constexpr absl::string_view kWord = "";
template <>
constexpr absl::string_view kWord<Program> = "PROGRAM";
template <>
constexpr absl::string_view kWord<ProgramLine> = "LINE";
template <>
constexpr absl::string_view kWord<Measure> = "MEASURE";
template <>
constexpr absl::string_view kWord<IndicatorLink> = "INDICATOR_LINK";
template <>
constexpr absl::string_view kWord<SpecialAssignment> = "SPECIAL_ASSIGNMENT";

// Whether the request was made before: true = replay. REQUEST_ID_REUSED for another body.
absl::StatusOr<bool> IsReplay(const FakeDatabase& database, const RequestScope& scope,
                              const std::string& region) {
  const auto found = database.requests.find({scope.caller, scope.method, region, scope.request_id});
  if (found == database.requests.end()) return false;
  if (found->second != scope.body_hash) return errors::RequestIdReused();
  return true;
}

void Remember(FakeDatabase& database, const RequestScope& scope, const std::string& region) {
  database.requests[{scope.caller, scope.method, region, scope.request_id}] = scope.body_hash;
}

}  // namespace

template <>
std::map<ProgramName, Stored<Program>>& FakeDatabase::Table<Program>() {
  return programs;
}

template <>
std::map<LineName, Stored<ProgramLine>>& FakeDatabase::Table<ProgramLine>() {
  return lines;
}

template <>
std::map<MeasureName, Stored<Measure>>& FakeDatabase::Table<Measure>() {
  return measures;
}

template <>
std::map<IndicatorLinkName, Stored<IndicatorLink>>& FakeDatabase::Table<IndicatorLink>() {
  return links;
}

template <>
std::map<SpecialAssignmentName, Stored<SpecialAssignment>>&
FakeDatabase::Table<SpecialAssignment>() {
  return assignments;
}

absl::Status FakeDatabase::CheckReferences(const Program&) const {
  return absl::OkStatus();
}

absl::Status FakeDatabase::CheckReferences(const ProgramLine& resource) const {
  return programs.contains(resource.name.program) ? absl::OkStatus() : errors::NotFound("PROGRAM");
}

absl::Status FakeDatabase::CheckReferences(const Measure& resource) const {
  return lines.contains(resource.name.line) ? absl::OkStatus() : errors::NotFound("LINE");
}

absl::Status FakeDatabase::CheckReferences(const IndicatorLink& resource) const {
  return lines.contains(resource.name.line) ? absl::OkStatus() : errors::NotFound("LINE");
}

absl::Status FakeDatabase::CheckReferences(const SpecialAssignment& resource) const {
  if (!programs.contains(resource.name.program)) return errors::NotFound("PROGRAM");
  for (const std::string& line : LinesOf(resource)) {
    if (!lines.contains({resource.name.program, line})) {
      return errors::Precondition("LINE_UNKNOWN", "a line named is not of this program");
    }
  }
  return absl::OkStatus();
}

template <typename T>
absl::StatusOr<Stored<T>> FakeResourceStore<T>::GetOne(const typename T::Name& name) {
  const auto& table = database_.Table<T>();
  const auto found = table.find(name);
  if (found == table.end()) return errors::NotFound(kWord<T>);
  return found->second;
}

template <typename T>
absl::StatusOr<Stored<T>> FakeResourceStore<T>::CreateOne(const CreateCommand<T>& command) {
  const auto& name = command.resource.name;
  VSV_ASSIGN_OR_RETURN(const bool replay, IsReplay(database_, command.scope, RegionOf(name)));
  if (replay) return GetOne(name);
  if (database_.Table<T>().contains(name)) {
    return errors::AlreadyExists(kWord<T>, "the id is taken");
  }
  VSV_RETURN_IF_ERROR(database_.CheckReferences(command.resource));
  const absl::Time now = database_.clock.Now();
  const Stored<T> stored{command.resource, 1, now, now};
  if (command.validate_only) return stored;
  Remember(database_, command.scope, RegionOf(name));
  database_.Table<T>()[name] = stored;
  return stored;
}

template <typename T>
absl::StatusOr<Stored<T>> FakeResourceStore<T>::UpdateOne(const UpdateCommand<T>& command) {
  VSV_ASSIGN_OR_RETURN(const bool replay,
                       IsReplay(database_, command.scope, RegionOf(command.name)));
  VSV_ASSIGN_OR_RETURN(Stored<T> current, GetOne(command.name));
  if (replay) return current;
  if (command.expected_version && *command.expected_version != current.version) {
    return errors::EtagMismatch();
  }
  VSV_ASSIGN_OR_RETURN(current.resource, command.change(current.resource));
  VSV_RETURN_IF_ERROR(database_.CheckReferences(current.resource));
  ++current.version;
  current.updated_at = database_.clock.Now();
  if (command.validate_only) return current;
  Remember(database_, command.scope, RegionOf(command.name));
  database_.Table<T>()[command.name] = current;
  return current;
}

template <typename T>
std::vector<absl::StatusOr<Stored<T>>> FakeResourceStore<T>::Create(
    absl::Span<const CreateCommand<T>> commands, absl::Time) {
  const absl::MutexLock lock(&database_.mutex);
  std::vector<absl::StatusOr<Stored<T>>> verdicts;
  for (const CreateCommand<T>& command : commands) verdicts.push_back(CreateOne(command));
  return verdicts;
}

template <typename T>
std::vector<absl::StatusOr<Stored<T>>> FakeResourceStore<T>::Update(
    absl::Span<const UpdateCommand<T>> commands, absl::Time) {
  const absl::MutexLock lock(&database_.mutex);
  std::vector<absl::StatusOr<Stored<T>>> verdicts;
  for (const UpdateCommand<T>& command : commands) verdicts.push_back(UpdateOne(command));
  return verdicts;
}

template <typename T>
std::vector<absl::StatusOr<Stored<T>>> FakeResourceStore<T>::Get(
    absl::Span<const typename T::Name> names, absl::Time) {
  const absl::MutexLock lock(&database_.mutex);
  std::vector<absl::StatusOr<Stored<T>>> verdicts;
  for (const auto& name : names) verdicts.push_back(GetOne(name));
  return verdicts;
}

template <typename T>
absl::StatusOr<Page<T>> FakeResourceStore<T>::List(const ListQuery<T>& query, absl::Time) {
  const absl::MutexLock lock(&database_.mutex);
  Page<T> page;
  for (const auto& [name, stored] : database_.Table<T>()) {
    if (!IsUnder(name, query.parent) || IdOf(name) <= query.after) continue;
    if (!Matches(stored.resource, query.filter)) continue;
    if (static_cast<int>(page.items.size()) == query.limit) {
      page.more = true;
      break;
    }
    page.items.push_back(stored);
  }
  return page;
}

absl::StatusOr<LineFacts> FakeLineFactsStore::Read(const LineName& line, absl::CivilDay reference,
                                                   absl::Time) {
  const absl::MutexLock lock(&database_.mutex);
  const auto found = database_.lines.find(line);
  if (found == database_.lines.end()) return errors::NotFound("LINE");
  LineFacts facts;
  facts.line = found->second.resource;
  facts.program = database_.programs.at(line.program).resource;
  for (const auto& [name, stored] : database_.measures) {
    if (name.line == line) facts.measures.push_back(stored.resource);
  }
  for (const auto& [name, stored] : database_.links) {
    if (name.line == line) facts.links.push_back(stored.resource);
  }
  for (const auto& [name, stored] : database_.assignments) {
    const std::vector<std::string> lines = LinesOf(stored.resource);
    if (name.program == line.program &&
        std::find(lines.begin(), lines.end(), line.line) != lines.end()) {
      facts.assignments.push_back(stored.resource);
    }
  }
  for (const CounterValue& counter : database_.counters) {
    const auto& processes = facts.line.processes;
    if (counter.region != line.program.region || counter.day > reference ||
        std::find(processes.begin(), processes.end(), counter.process) == processes.end()) {
      continue;
    }
    facts.counts.push_back(
        {counter.process, counter.state, counter.responsible, counter.due_on, counter.value});
  }
  facts.dossiers_as_of = database_.dossiers_as_of;
  return facts;
}

template class FakeResourceStore<Program>;
template class FakeResourceStore<ProgramLine>;
template class FakeResourceStore<IndicatorLink>;
template class FakeResourceStore<Measure>;
template class FakeResourceStore<SpecialAssignment>;

}  // namespace vsv::programs
