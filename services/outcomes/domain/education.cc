#include "services/outcomes/domain/education.h"

#include <array>
#include <utility>

namespace vsv::outcomes {
namespace {

constexpr std::array<std::pair<Level, absl::string_view>, 9> kNames = {{
    {Level::kTotal, "total"},
    {Level::kEntree, "entree"},
    {Level::kMbo2, "mbo2"},
    {Level::kMbo3, "mbo3"},
    {Level::kMbo4, "mbo4"},
    {Level::kVavo, "vavo"},
    {Level::kVoLower, "vo_lower"},
    {Level::kVmboUpper, "vmbo_upper"},
    {Level::kHavoVwoUpper, "havo_vwo_upper"},
}};

}  // namespace

absl::string_view LevelName(Level level) {
  for (const auto& [known, name] : kNames) {
    if (known == level) return name;
  }
  return "";
}

std::optional<Level> LevelFromName(absl::string_view name) {
  for (const auto& [level, known] : kNames) {
    if (known == name) return level;
  }
  return std::nullopt;
}

}  // namespace vsv::outcomes
