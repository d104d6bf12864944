#include "services/outcomes/import/figure_files.h"

#include "libs/base/status_macros.h"
#include "services/outcomes/import/profiles.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include <fstream>
#include <sstream>
#include <utility>

namespace vsv::outcomes {

absl::StatusOr<MappedFigures> MapFigures(const FigureFile& file, absl::string_view text) {
  VSV_ASSIGN_OR_RETURN(const FigureTable table, FigureTable::Read(file, text));
  switch (file.profile) {
    case FigureProfile::kVsvOfInstitution:
      return MapVsvOfInstitution(table);
    case FigureProfile::kIndicatorsOfInstitution:
      return MapIndicatorsOfInstitution(table);
  }
  return absl::InvalidArgumentError("unknown profile");
}

std::vector<FigureFile> SampleFigureFiles() {
  return {
      {"data/figures/seed_vsv_roc_midden_nederland.csv", FigureProfile::kVsvOfInstitution,
       "organisations/roc-midden-nederland", "ROC Midden Nederland",
       "ROC Midden Nederland, vsv-cijfers per niveau 2018-2022 (DUO)", "2023-03-01T00:00:00Z"},
      {"data/figures/seed_rocvaf_all_indicators.csv", FigureProfile::kIndicatorsOfInstitution,
       "organisations/roc-van-amsterdam-flevoland", "ROC van Amsterdam/Flevoland",
       "ROC van Amsterdam/Flevoland, kwaliteitsagenda 2019-2022, indicatoren",
       "2018-11-01T00:00:00Z"},
  };
}

absl::StatusOr<MappedFigures> MapFigureFile(const FigureFile& file, const std::string& source_dir) {
  const std::string path = absl::StrCat(source_dir, "/", file.path);
  std::ifstream stream(path);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  return MapFigures(file, text.str());
}

absl::StatusOr<v1::ImportFiguresRequest> ReadFigureFile(const FigureFile& file,
                                                        const std::string& source_dir) {
  VSV_ASSIGN_OR_RETURN(MappedFigures mapped, MapFigureFile(file, source_dir));
  return std::move(mapped.request);
}

}  // namespace vsv::outcomes
