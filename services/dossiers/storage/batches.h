// Splits a batch: into parts whose commands do not depend on each other, and around a failing one.
#pragma once

#include "services/dossiers/domain/dossier_store.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include <cstddef>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {

// What a command needs for itself while it is executed: the dossier, the request id.
std::vector<std::string> KeysOf(const CreateCommand& command);
std::vector<std::string> KeysOf(const MutateCommand& command);

// Whether one command alone may have brought about this failure of a transaction.
bool MayBeOneRow(const absl::Status& status);

// Indexes 0..n-1 in rounds: no key occurs twice within one, and commands that share a key keep
// their order. `keys_of(i)` gives the keys of command i.
template <typename KeysFor>
std::vector<std::vector<size_t>> Rounds(size_t n, KeysFor keys_of) {
  std::vector<std::vector<size_t>> rounds;
  std::vector<std::set<std::string>> taken;
  for (size_t i = 0; i < n; ++i) {
    const std::vector<std::string> keys = keys_of(i);
    size_t round = rounds.size();
    const auto free = [&](size_t r) {
      for (const std::string& key : keys) {
        if (taken[r].contains(key)) return false;
      }
      return true;
    };
    // From the back: a command goes after the last one with which it shares a key.
    while (round > 0 && free(round - 1)) --round;
    if (round == rounds.size()) {
      rounds.emplace_back();
      taken.emplace_back();
    }
    rounds[round].push_back(i);
    taken[round].insert(keys.begin(), keys.end());
  }
  return rounds;
}

// Has `execute` do the commands in one transaction. When that fails by what may be one of them,
// each half is tried for itself: b bad ones among n cost O(b log n) transactions, and the others
// are done. `execute`: StatusOr<vector<StatusOr<Reply>>>(vector<const Command*>); an error is a
// transaction that was rolled back.
template <typename Command, typename Execute>
auto InHalves(const std::vector<const Command*>& commands, const Execute& execute) {
  using Verdicts = typename decltype(execute(commands))::value_type;
  auto done = execute(commands);
  if (done.ok()) return *std::move(done);
  if (commands.size() == 1 || !MayBeOneRow(done.status())) {
    return Verdicts(commands.size(), done.status());
  }
  const auto middle = commands.begin() + static_cast<std::ptrdiff_t>(commands.size() / 2);
  Verdicts verdicts = InHalves(std::vector<const Command*>(commands.begin(), middle), execute);
  Verdicts rest = InHalves(std::vector<const Command*>(middle, commands.end()), execute);
  std::move(rest.begin(), rest.end(), std::back_inserter(verdicts));
  return verdicts;
}

}  // namespace vsv::dossiers
