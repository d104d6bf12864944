// vsv-bench-pupils: what only code can make of the rows of the bench, one pupil a line for COPY:
// number of the line, hash and seal of the pupil number under the service's key, and the sections
// of the dossier as the service stores them.
#include "libs/base/hash.h"
#include "services/dossiers/domain/ids.h"
#include "services/dossiers/storage/pupil_keys.h"

#include "vsv/dossiers/v1/sections.pb.h"

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include <cstdint>
#include <iostream>
#include <string>

ABSL_FLAG(std::string, pupil_key_file, "", "The key of the dossiers service");
ABSL_FLAG(std::string, region, "16", "Region of the pupils");
ABSL_FLAG(int64_t, from, 1, "Number of the first pupil");
ABSL_FLAG(int64_t, to, 1, "Number of the last pupil");

namespace vsv::load {
namespace {

std::string Administrative(int64_t number) {
  dossiers::v1::AdministrativeSection section;
  section.set_given_names("Sanne Johanna");
  section.set_family_name(absl::StrCat("Bakker ", number));
  section.mutable_birth_date()->set_year(2009);
  section.mutable_birth_date()->set_month(static_cast<int>(1 + number % 12));
  section.mutable_birth_date()->set_day(static_cast<int>(1 + number % 28));
  return section.SerializeAsString();
}

std::string Career(int64_t number) {
  dossiers::v1::CareerSection section;
  section.set_study_choice(absl::StrCat("Allround timmerman, keuze ", number));
  section.set_motivation("Works with wood since primary school.");
  return section.SerializeAsString();
}

int Print() {
  const auto keys = dossiers::PupilKeys::FromFile(absl::GetFlag(FLAGS_pupil_key_file));
  if (!keys.ok()) {
    std::cerr << "vsv-bench-pupils: " << keys.status().message() << "\n";
    return 1;
  }
  const dossiers::RegionId region(absl::GetFlag(FLAGS_region));
  for (int64_t number = absl::GetFlag(FLAGS_from); number <= absl::GetFlag(FLAGS_to); ++number) {
    const std::string pgn = absl::StrFormat("%09d", number);
    const auto sealed = keys->Seal(region, pgn);
    if (!sealed.ok()) return 1;
    std::cout << number;
    for (const std::string& bytes :
         {keys->Hash(region, pgn), *sealed, Administrative(number), Career(number)}) {
      std::cout << "\t\\\\x" << base::HexEncode(bytes);
    }
    std::cout << "\n";
  }
  return std::cout.flush().good() ? 0 : 1;
}

}  // namespace
}  // namespace vsv::load

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return vsv::load::Print();
}
