#include "services/outcomes/testing/fake_stores.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/outcomes/domain/figure_import.h"

#include "absl/strings/str_cat.h"

namespace vsv::outcomes {
namespace {

std::string KeyOf(const Mutation& mutation) {
  return absl::StrCat(mutation.call.organisation_id, "|", mutation.call.method, "|",
                      mutation.request.request_id);
}

template <typename T>
std::vector<absl::StatusOr<T>> Find(const std::map<std::string, T>& all,
                                    absl::Span<const std::string> ids, absl::string_view kind) {
  std::vector<absl::StatusOr<T>> found;
  for (const std::string& id : ids) {
    const auto entry = all.find(id);
    if (entry == all.end()) {
      found.push_back(errors::NotFound(kind));
    } else {
      found.push_back(entry->second);
    }
  }
  return found;
}

bool Passes(const FigureFilter& filter, const Figure& figure) {
  const Slice& slice = figure.key.slice;
  const auto fits = [](const auto& wanted, const auto& actual) {
    return !wanted.has_value() || *wanted == actual;
  };
  return fits(filter.indicator_id, figure.key.indicator_id) &&
         fits(filter.organisation_id, slice.organisation_id) && fits(filter.level, slice.level) &&
         fits(filter.period, slice.period) && fits(filter.kind, slice.kind) &&
         fits(filter.unit_code, slice.unit_code) && fits(filter.status, figure.status) &&
         fits(filter.origin, figure.key.origin);
}

}  // namespace

absl::StatusOr<bool> FakeOutcomesStores::Claim(const Mutation& mutation) {
  const auto [entry, is_new] = requests_.emplace(KeyOf(mutation), mutation.request.body_hash);
  if (is_new) return false;
  if (entry->second != mutation.request.body_hash) return errors::RequestIdReused();
  return true;
}

void FakeOutcomesStores::Forget(const Mutation& mutation) {
  requests_.erase(KeyOf(mutation));
}

absl::StatusOr<Indicator> FakeOutcomesStores::CreateOne(const CreateIndicatorCommand& command) {
  const std::string& id = command.indicator.id;
  VSV_ASSIGN_OR_RETURN(const bool replay, Claim(command.mutation));
  if (replay) return indicators_.at(id);
  const bool taken = indicators_.contains(id);
  if (taken || command.mutation.validate_only) Forget(command.mutation);
  if (taken) return errors::AlreadyExists("INDICATOR", "the indicator id is taken");
  Indicator indicator = command.indicator;
  indicator.version = 1;
  indicator.created_at = indicator.updated_at = command.mutation.call.now;
  if (!command.mutation.validate_only) indicators_[id] = indicator;
  return indicator;
}

std::vector<absl::StatusOr<Indicator>> FakeOutcomesStores::CreateIndicators(
    absl::Span<const CreateIndicatorCommand> commands) {
  absl::MutexLock lock(&mutex_);
  std::vector<absl::StatusOr<Indicator>> verdicts;
  for (const CreateIndicatorCommand& command : commands) verdicts.push_back(CreateOne(command));
  return verdicts;
}

std::vector<absl::StatusOr<Indicator>> FakeOutcomesStores::GetIndicators(
    absl::Span<const std::string> ids, absl::Time /*deadline*/) {
  absl::MutexLock lock(&mutex_);
  return Find(indicators_, ids, "INDICATOR");
}

absl::StatusOr<std::vector<Indicator>> FakeOutcomesStores::ListIndicators(
    const PageCommand& command) {
  absl::MutexLock lock(&mutex_);
  std::vector<Indicator> page;
  for (auto entry = indicators_.upper_bound(command.after); entry != indicators_.end(); ++entry) {
    if (page.size() == static_cast<size_t>(command.limit)) break;
    page.push_back(entry->second);
  }
  return page;
}

absl::StatusOr<Ambition> FakeOutcomesStores::CreateOne(const CreateAmbitionCommand& command) {
  const Ambition& wanted = command.ambition;
  VSV_ASSIGN_OR_RETURN(const bool replay, Claim(command.mutation));
  if (replay) return ambitions_.at(wanted.id);
  const auto indicator = indicators_.find(wanted.indicator_id);
  const bool known = indicator != indicators_.end() &&
                     indicator->second.Definition(wanted.definition_version) != nullptr;
  const bool taken = ambitions_.contains(wanted.id);
  if (taken || !known || command.mutation.validate_only) Forget(command.mutation);
  if (taken) return errors::AlreadyExists("AMBITION", "the ambition id is taken");
  if (!known) return errors::NotFound("INDICATOR");
  Ambition ambition = wanted;
  ambition.version = 1;
  ambition.created_at = ambition.updated_at = command.mutation.call.now;
  if (!command.mutation.validate_only) ambitions_[ambition.id] = ambition;
  return ambition;
}

std::vector<absl::StatusOr<Ambition>> FakeOutcomesStores::CreateAmbitions(
    absl::Span<const CreateAmbitionCommand> commands) {
  absl::MutexLock lock(&mutex_);
  std::vector<absl::StatusOr<Ambition>> verdicts;
  for (const CreateAmbitionCommand& command : commands) verdicts.push_back(CreateOne(command));
  return verdicts;
}

std::vector<absl::StatusOr<Ambition>> FakeOutcomesStores::GetAmbitions(
    absl::Span<const std::string> ids, absl::Time /*deadline*/) {
  absl::MutexLock lock(&mutex_);
  return Find(ambitions_, ids, "AMBITION");
}

absl::StatusOr<std::vector<Ambition>> FakeOutcomesStores::ListAmbitions(
    const ListAmbitionsCommand& command) {
  absl::MutexLock lock(&mutex_);
  std::vector<Ambition> page;
  for (auto entry = ambitions_.upper_bound(command.page.after); entry != ambitions_.end();
       ++entry) {
    if (page.size() == static_cast<size_t>(command.page.limit)) break;
    const Ambition& ambition = entry->second;
    if (command.organisation_id.value_or(ambition.organisation_id) != ambition.organisation_id) {
      continue;
    }
    page.push_back(ambition);
  }
  return page;
}

absl::StatusOr<Ambition> FakeOutcomesStores::UpdateOne(const UpdateAmbitionCommand& command) {
  const auto entry = ambitions_.find(command.id);
  if (entry == ambitions_.end()) return errors::NotFound("AMBITION");
  VSV_ASSIGN_OR_RETURN(const bool replay, Claim(command.mutation));
  if (replay) return entry->second;
  const Ambition& current = entry->second;
  if (command.expected_version.value_or(current.version) != current.version) {
    Forget(command.mutation);
    return errors::EtagMismatch();
  }
  absl::StatusOr<Ambition> changed = command.change(current);
  if (!changed.ok() || command.mutation.validate_only) Forget(command.mutation);
  if (!changed.ok()) return changed.status();
  changed->version = current.version + 1;
  changed->updated_at = command.mutation.call.now;
  if (!command.mutation.validate_only) entry->second = *changed;
  return changed;
}

std::vector<absl::StatusOr<Ambition>> FakeOutcomesStores::UpdateAmbitions(
    absl::Span<const UpdateAmbitionCommand> commands) {
  absl::MutexLock lock(&mutex_);
  std::vector<absl::StatusOr<Ambition>> verdicts;
  for (const UpdateAmbitionCommand& command : commands) verdicts.push_back(UpdateOne(command));
  return verdicts;
}

absl::StatusOr<std::vector<absl::StatusOr<Admission>>> FakeOutcomesStores::ImportFigures(
    const ImportFiguresCommand& command) {
  absl::MutexLock lock(&mutex_);
  VSV_ASSIGN_OR_RETURN(const bool replay, Claim(command.mutation));
  KnownFigures known;
  for (const auto& [id, indicator] : indicators_) {
    for (const IndicatorDefinition& definition : indicator.definitions) {
      known.definitions.emplace(id, definition.version);
    }
  }
  known.histories = figures_;
  FigureImport import = PlanImport(std::move(known), command.figures);
  if (command.mutation.validate_only) Forget(command.mutation);
  if (replay || command.mutation.validate_only) return std::move(import.verdicts);
  for (const Superseded& superseded : import.superseded) {
    figures_[superseded.cell].back().superseded_at = superseded.superseded_at;
  }
  for (const Figure& figure : import.added) figures_[CellOf(figure.key)].push_back(figure);
  return std::move(import.verdicts);
}

absl::StatusOr<std::vector<Figure>> FakeOutcomesStores::ListFigures(
    const ListFiguresCommand& command) {
  absl::MutexLock lock(&mutex_);
  std::vector<Figure> page;
  for (const auto& [cell, history] : figures_) {
    for (const Figure& figure : history) {
      const bool superseded =
          figure.superseded_at.has_value() && *figure.superseded_at <= command.as_known;
      const bool behind = !command.after.has_value() ||
                          std::make_pair(cell, figure.known_from) >
                              std::make_pair(command.after->cell, command.after->known_from);
      if (figure.known_from > command.as_known || !behind) continue;
      if (superseded && !command.show_superseded) continue;
      if (!Passes(command.filter, figure)) continue;
      if (page.size() == static_cast<size_t>(command.limit)) return page;
      page.push_back(figure);
    }
  }
  return page;
}

absl::StatusOr<std::vector<std::vector<Figure>>> FakeOutcomesStores::GetSlices(
    absl::Span<const SlicesQuery> queries, absl::Time /*deadline*/) {
  absl::MutexLock lock(&mutex_);
  std::vector<std::vector<Figure>> slices(queries.size());
  for (size_t i = 0; i < queries.size(); ++i) {
    const SlicesQuery& query = queries[i];
    for (const auto& [cell, history] : figures_) {
      const Figure* const known = KnownAt(history, query.as_known);
      if (known == nullptr || known->key.indicator_id != query.indicator_id ||
          known->key.definition_version != query.definition_version ||
          known->key.slice.organisation_id != query.organisation_id ||
          known->key.slice.level != query.level) {
        continue;
      }
      slices[i].push_back(*known);
    }
  }
  return slices;
}

std::vector<AuditedCall> FakeOutcomesStores::Audited() const {
  absl::MutexLock lock(&mutex_);
  return audited_;
}

}  // namespace vsv::outcomes
