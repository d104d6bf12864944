// The parts of BrokenPromises that concern imports, erasures and the audit trail.
#pragma once

#include "tests/faults/history.h"

#include <string>
#include <vector>

namespace vsv::faults {

using Violations = std::vector<std::string>;

// What imports made, as first and only writes; and whether each request was told one thing.
void AddImported(const History& history, std::vector<Acknowledged>& writes, Violations& violations);

void CheckErased(const History& history, Violations& violations);

void CheckAudit(const History& history, Violations& violations);

}  // namespace vsv::faults
