// Levels and prior education by which outcomes are sliced.
#pragma once

#include "absl/strings/string_view.h"

#include <optional>
#include <string>

namespace vsv::outcomes {

// Level of education of a slice. kTotal: all levels that the source adds up, vavo among them where
// the source adds it.
enum class Level {
  kTotal,
  kEntree,   // mbo 1, entreeopleiding
  kMbo2,     // basisberoepsopleiding
  kMbo3,     // vakopleiding
  kMbo4,     // middenkaderopleiding
  kVavo,     // voortgezet algemeen volwassenenonderwijs
  kVoLower,  // vo onderbouw
  kVmboUpper,
  kHavoVwoUpper,
};

// Short stable name for storage and messages: "total", "entree", "mbo2", ... "havo_vwo_upper".
absl::string_view LevelName(Level level);
std::optional<Level> LevelFromName(absl::string_view name);

// True for the four levels of mbo, the ones the legal count of mbo is made for.
constexpr bool IsMbo(Level level) {
  return level == Level::kEntree || level == Level::kMbo2 || level == Level::kMbo3 ||
         level == Level::kMbo4;
}

}  // namespace vsv::outcomes
