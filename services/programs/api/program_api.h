// Programs and their lines, see resource_api.h.
#pragma once

#include "libs/aip/filter.h"
#include "services/programs/api/resource_api.h"
#include "services/programs/domain/store.h"

#include "vsv/programs/v1/program_requests.pb.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vsv::programs {

template <>
struct Api<Program> {
  using Message = v1::Program;
  using CreateRequest = v1::CreateProgramRequest;
  using GetRequest = v1::GetProgramRequest;
  using ListRequest = v1::ListProgramsRequest;
  using ListResponse = v1::ListProgramsResponse;
  using UpdateRequest = v1::UpdateProgramRequest;
  static constexpr absl::string_view kField = "program";
  static constexpr absl::string_view kIdField = "program_id";
  static constexpr absl::string_view kNameForm = "regions/{region}/programs/{program}";
  static constexpr absl::string_view kParentForm = "regions/{region}";
  static constexpr size_t kShortestId = 2;

  template <typename Request>
  static const Message& BodyOf(const Request& request) {
    return request.program();
  }

  static const std::string& IdOf(const CreateRequest& request) { return request.program_id(); }

  static auto* ItemsOf(ListResponse* response) { return response->mutable_programs(); }

  static std::optional<ParentName> ParseParent(absl::string_view text);

  static Program::Name NameUnder(const ParentName& parent, std::string id) {
    return ProgramName{parent.region, std::move(id)};
  }

  static std::optional<Program::Name> ParseName(absl::string_view text) {
    return ParseProgramName(text);
  }

  static const std::string& LastPart(const Program::Name& name) { return name.program; }

  static std::vector<aip::FilterField> FilterFields();
  static absl::StatusOr<Program::Filter> ReadFilter(const std::vector<aip::Condition>& conditions);

  static absl::StatusOr<Program> Merge(const Program&, Program changed) { return changed; }
};

template <>
struct Api<ProgramLine> {
  using Message = v1::ProgramLine;
  using CreateRequest = v1::CreateLineRequest;
  using GetRequest = v1::GetLineRequest;
  using ListRequest = v1::ListLinesRequest;
  using ListResponse = v1::ListLinesResponse;
  using UpdateRequest = v1::UpdateLineRequest;
  static constexpr absl::string_view kField = "line";
  static constexpr absl::string_view kIdField = "line_id";
  static constexpr absl::string_view kNameForm = "regions/{region}/programs/{program}/lines/{line}";
  static constexpr absl::string_view kParentForm = "regions/{region}/programs/{program}";
  static constexpr size_t kShortestId = 1;

  template <typename Request>
  static const Message& BodyOf(const Request& request) {
    return request.line();
  }

  static const std::string& IdOf(const CreateRequest& request) { return request.line_id(); }

  static auto* ItemsOf(ListResponse* response) { return response->mutable_lines(); }

  static std::optional<ParentName> ParseParent(absl::string_view text);

  static ProgramLine::Name NameUnder(const ParentName& parent, std::string id) {
    return LineName{{parent.region, parent.program}, std::move(id)};
  }

  static std::optional<ProgramLine::Name> ParseName(absl::string_view text) {
    return ParseLineName(text);
  }

  static const std::string& LastPart(const ProgramLine::Name& name) { return name.line; }

  static std::vector<aip::FilterField> FilterFields();
  static absl::StatusOr<ProgramLine::Filter> ReadFilter(
      const std::vector<aip::Condition>& conditions);

  static absl::StatusOr<ProgramLine> Merge(const ProgramLine&, ProgramLine changed) {
    return changed;
  }
};

}  // namespace vsv::programs
