// The operations of ResourceStore in memory, under the same suite of tests as the real ones.
#pragma once

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/partners/testing/fake_state.h"

#include <optional>
#include <utility>
#include <vector>

namespace vsv::partners {

template <typename T>
struct FakeResource;  // kName: as in <NAME>_NOT_FOUND

template <>
struct FakeResource<Organisation> {
  static constexpr absl::string_view kName = "ORGANISATION";
};

template <>
struct FakeResource<Region> {
  static constexpr absl::string_view kName = "REGION";
};

template <>
struct FakeResource<RegionMembership> {
  static constexpr absl::string_view kName = "REGION_MEMBERSHIP";
};

template <>
struct FakeResource<ProgrammeRole> {
  static constexpr absl::string_view kName = "PROGRAMME_ROLE";
};

template <>
struct FakeResource<Agreement> {
  static constexpr absl::string_view kName = "AGREEMENT";
};

template <>
struct FakeResource<Mandate> {
  static constexpr absl::string_view kName = "MANDATE";
};

template <>
struct FakeResource<Credential> {
  static constexpr absl::string_view kName = "CREDENTIAL";
};

template <typename T, typename Query, typename Base = ResourceStore<T, Query>>
class FakeEntryStore : public Base {
 public:
  explicit FakeEntryStore(FakeState& state) : state_(state) {}

  std::vector<absl::StatusOr<T>> Create(absl::Span<const CreateCommand<T>> commands,
                                        absl::Time) override {
    return Write(commands,
                 [](FakeState& state, const CreateCommand<T>& command) -> absl::StatusOr<T> {
                   FakeFacts facts(state);
                   VSV_RETURN_IF_ERROR(CheckEntry(facts, command.resource));
                   return command.resource;
                 });
  }

  std::vector<absl::StatusOr<T>> Get(absl::Span<const Key> keys, absl::Time) override {
    absl::MutexLock lock(&state_.mutex);
    std::vector<absl::StatusOr<T>> verdicts;
    for (const Key& key : keys) verdicts.push_back(Find(key));
    return verdicts;
  }

  absl::StatusOr<std::vector<T>> List(const Query& query, absl::Time) override {
    absl::MutexLock lock(&state_.mutex);
    std::vector<T> page;
    for (const auto& [key, resource] : state_.Of<T>()) {
      if (static_cast<int>(page.size()) == query.page.limit) break;
      if (query.page.after < key && Matches(state_, resource, query)) page.push_back(resource);
    }
    return page;
  }

 protected:
  template <typename Command, typename Effect>
  std::vector<absl::StatusOr<T>> Write(absl::Span<const Command> commands, Effect effect) {
    absl::MutexLock lock(&state_.mutex);
    std::vector<absl::StatusOr<T>> verdicts;
    for (const Command& command : commands) verdicts.push_back(WriteOne(command, effect));
    return verdicts;
  }

  absl::StatusOr<T> Find(const Key& key) {
    const auto it = state_.Of<T>().find(key);
    if (it == state_.Of<T>().end()) return errors::NotFound(FakeResource<T>::kName);
    return it->second;
  }

 private:
  template <typename Command, typename Effect>
  absl::StatusOr<T> WriteOne(const Command& command, Effect& effect) {
    const auto id =
        std::make_tuple(command.request.caller, command.request.method, command.request.request_id);
    if (!command.validate_only) {
      if (const auto it = state_.requests.find(id); it != state_.requests.end()) {
        if (it->second.body_hash != command.request.body_hash) return errors::RequestIdReused();
        return Find(it->second.effect);
      }
    }
    VSV_ASSIGN_OR_RETURN(const T written, effect(state_, command));
    if (command.validate_only) return written;
    state_.Of<T>().insert_or_assign(KeyOf(written), written);
    state_.requests[id] = {.body_hash = command.request.body_hash, .effect = KeyOf(written)};
    return written;
  }

  FakeState& state_;
};

template <typename T, typename Query>
class FakeResourceStore : public FakeEntryStore<T, Query> {
 public:
  using FakeEntryStore<T, Query>::FakeEntryStore;

  std::vector<absl::StatusOr<T>> Change(absl::Span<const ChangeCommand<T>> commands,
                                        absl::Time) override {
    return this->Write(
        commands, [this](FakeState& state, const ChangeCommand<T>& command) -> absl::StatusOr<T> {
          VSV_ASSIGN_OR_RETURN(const T current, this->Find(command.key));
          if (command.expected_version && *command.expected_version != current.version)
            return errors::EtagMismatch();
          VSV_ASSIGN_OR_RETURN(T next, command.decide(current));
          next.version = current.version + 1;
          SetUpdateTime(next, command.now);
          FakeFacts facts(state);
          VSV_RETURN_IF_ERROR(CheckChange(facts, next));
          return next;
        });
  }
};

}  // namespace vsv::partners
