// Messages of the contract as resources of the domain. What is OUTPUT_ONLY in the contract stays
// empty: state and dates of what happened come from the store alone. `field` is the path of the
// message in the request, e.g. "measure".
#pragma once

#include "services/programs/api/field_reader.h"
#include "services/programs/domain/measure.h"
#include "services/programs/domain/program.h"
#include "services/programs/domain/special_assignment.h"

#include "vsv/programs/v1/measure.pb.h"
#include "vsv/programs/v1/program.pb.h"

#include "absl/strings/string_view.h"

namespace vsv::programs {

Program Parse(const v1::Program& message, ProgramName name, absl::string_view field,
              FieldReader& reader);
ProgramLine Parse(const v1::ProgramLine& message, LineName name, absl::string_view field,
                  FieldReader& reader);
IndicatorLink Parse(const v1::IndicatorLink& message, IndicatorLinkName name,
                    absl::string_view field, FieldReader& reader);
Measure Parse(const v1::Measure& message, MeasureName name, absl::string_view field,
              FieldReader& reader);
SpecialAssignment Parse(const v1::SpecialAssignment& message, SpecialAssignmentName name,
                        absl::string_view field, FieldReader& reader);

}  // namespace vsv::programs
