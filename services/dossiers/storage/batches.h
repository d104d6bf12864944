// Splits a batch into parts whose commands do not depend on each other.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace vsv::dossiers {

// Indexes 0..n-1 in rounds: no key occurs twice within one, and commands that share a key keep
// their order. `keys_of(i)` gives the keys of command i.
template <typename KeysOf>
std::vector<std::vector<size_t>> Rounds(size_t n, KeysOf keys_of) {
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

}  // namespace vsv::dossiers
