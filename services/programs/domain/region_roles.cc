#include "services/programs/domain/region_roles.h"

namespace vsv::programs {

bool SteersProgramme(const std::set<ProgrammeRole>& roles) {
  return roles.contains(ProgrammeRole::kContactMunicipality) ||
         roles.contains(ProgrammeRole::kCentralMunicipality) ||
         roles.contains(ProgrammeRole::kContactSchool);
}

}  // namespace vsv::programs
