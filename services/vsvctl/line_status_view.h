// The status of a line as text.
#pragma once

#include "vsv/programs/v1/line_status.pb.h"

#include <string>

namespace vsv::vsvctl {

std::string ViewOf(const programs::v1::LineStatus& status);

}  // namespace vsv::vsvctl
