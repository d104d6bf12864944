// How each resource lies in its tables: statements, parameters and rows. One specialisation per
// resource.
#pragma once

#include "libs/pg/params.h"
#include "libs/pg/result.h"
#include "libs/pg/statement.h"
#include "libs/pg/transaction.h"
#include "services/programs/domain/measure.h"
#include "services/programs/domain/program.h"
#include "services/programs/domain/special_assignment.h"
#include "services/programs/domain/store.h"

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include <string>

namespace vsv::programs {

// Members of every specialisation:
//   kResource                     word of the error reasons, e.g. "MEASURE"
//   kGet, kList, kInsert, kUpdate the statements
//   RegionOf(name)                region of a key
//   Keys(names)                   array parameters of kGet
//   ListParams(query)             parameters of kList; one row more than the limit is asked
//   Values(resource)              key, then columns: parameters of kInsert, and of kUpdate before
//   the version FromRow(row)                  the resource of a row of kGet or kList WriteLists(tx,
//   resource)      replaces the lists that live in tables of their own IdOf(resource) last part of
//   the name
template <typename T>
struct Mapping;

template <>
struct Mapping<Program> {
  static constexpr absl::string_view kResource = "PROGRAM";
  static const pg::Statement &kGet, &kList, &kInsert, &kUpdate;

  static std::string RegionOf(const ProgramName& name) { return name.region; }

  static std::string IdOf(const Program& program) { return program.name.program; }

  static pg::Params Keys(absl::Span<const ProgramName> names);
  static pg::Params ListParams(const ListQuery<Program>& query);
  static pg::Params Values(const Program& program);
  static Program FromRow(const pg::Row& row);

  static absl::Status WriteLists(pg::Transaction&, const Program&) { return absl::OkStatus(); }
};

template <>
struct Mapping<ProgramLine> {
  static constexpr absl::string_view kResource = "LINE";
  static const pg::Statement &kGet, &kList, &kInsert, &kUpdate;

  static std::string RegionOf(const LineName& name) { return name.program.region; }

  static std::string IdOf(const ProgramLine& line) { return line.name.line; }

  static pg::Params Keys(absl::Span<const LineName> names);
  static pg::Params ListParams(const ListQuery<ProgramLine>& query);
  static pg::Params Values(const ProgramLine& line);
  static ProgramLine FromRow(const pg::Row& row);
  static absl::Status WriteLists(pg::Transaction& tx, const ProgramLine& line);
};

template <>
struct Mapping<IndicatorLink> {
  static constexpr absl::string_view kResource = "INDICATOR_LINK";
  static const pg::Statement &kGet, &kList, &kInsert, &kUpdate;

  static std::string RegionOf(const IndicatorLinkName& name) { return name.line.program.region; }

  static std::string IdOf(const IndicatorLink& link) { return link.name.link; }

  static pg::Params Keys(absl::Span<const IndicatorLinkName> names);
  static pg::Params ListParams(const ListQuery<IndicatorLink>& query);
  static pg::Params Values(const IndicatorLink& link);
  static IndicatorLink FromRow(const pg::Row& row);

  static absl::Status WriteLists(pg::Transaction&, const IndicatorLink&) {
    return absl::OkStatus();
  }
};

template <>
struct Mapping<Measure> {
  static constexpr absl::string_view kResource = "MEASURE";
  static const pg::Statement &kGet, &kList, &kInsert, &kUpdate;

  static std::string RegionOf(const MeasureName& name) { return name.line.program.region; }

  static std::string IdOf(const Measure& measure) { return measure.name.measure; }

  static pg::Params Keys(absl::Span<const MeasureName> names);
  static pg::Params ListParams(const ListQuery<Measure>& query);
  static pg::Params Values(const Measure& measure);
  static Measure FromRow(const pg::Row& row);
  static absl::Status WriteLists(pg::Transaction& tx, const Measure& measure);
};

template <>
struct Mapping<SpecialAssignment> {
  static constexpr absl::string_view kResource = "SPECIAL_ASSIGNMENT";
  static const pg::Statement &kGet, &kList, &kInsert, &kUpdate;

  static std::string RegionOf(const SpecialAssignmentName& name) { return name.program.region; }

  static std::string IdOf(const SpecialAssignment& assignment) {
    return assignment.name.assignment;
  }

  static pg::Params Keys(absl::Span<const SpecialAssignmentName> names);
  static pg::Params ListParams(const ListQuery<SpecialAssignment>& query);
  static pg::Params Values(const SpecialAssignment& assignment);
  static SpecialAssignment FromRow(const pg::Row& row);
  static absl::Status WriteLists(pg::Transaction& tx, const SpecialAssignment& assignment);
};

}  // namespace vsv::programs
