// Resources of the domain as messages of the contract.
#pragma once

#include "services/programs/domain/store.h"

#include "vsv/programs/v1/line_status.pb.h"
#include "vsv/programs/v1/measure.pb.h"
#include "vsv/programs/v1/program.pb.h"

#include "absl/time/civil_time.h"

namespace vsv::programs {

// The resource alone, without what the store adds.
v1::Program ToProto(const Program& program);
v1::ProgramLine ToProto(const ProgramLine& line);
v1::IndicatorLink ToProto(const IndicatorLink& link);
v1::Measure ToProto(const Measure& measure);
v1::SpecialAssignment ToProto(const SpecialAssignment& assignment);

v1::MeasureState ToProto(MeasureState state);

// With version and times; `today` gives a program its status.
v1::Program ToProto(const Stored<Program>& stored, absl::CivilDay today);
v1::ProgramLine ToProto(const Stored<ProgramLine>& stored, absl::CivilDay today);
v1::IndicatorLink ToProto(const Stored<IndicatorLink>& stored, absl::CivilDay today);
v1::Measure ToProto(const Stored<Measure>& stored, absl::CivilDay today);
v1::SpecialAssignment ToProto(const Stored<SpecialAssignment>& stored, absl::CivilDay today);

// The status of a line on `reference`.
v1::LineStatus ToProto(const LineFacts& facts, const LineStatus& status, absl::CivilDay reference);

}  // namespace vsv::programs
