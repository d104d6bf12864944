// Measures and special assignments, see resource_api.h.
#pragma once

#include "libs/aip/filter.h"
#include "services/programs/api/resource_api.h"
#include "services/programs/domain/store.h"

#include "vsv/programs/v1/measure_requests.pb.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vsv::programs {

template <>
struct Api<Measure> {
  using Message = v1::Measure;
  using CreateRequest = v1::CreateMeasureRequest;
  using GetRequest = v1::GetMeasureRequest;
  using ListRequest = v1::ListMeasuresRequest;
  using ListResponse = v1::ListMeasuresResponse;
  using UpdateRequest = v1::UpdateMeasureRequest;
  static constexpr absl::string_view kField = "measure";
  static constexpr absl::string_view kIdField = "measure_id";
  static constexpr absl::string_view kNameForm =
      "regions/{region}/programs/{program}/lines/{line}/measures/{measure}";
  static constexpr absl::string_view kParentForm =
      "regions/{region}/programs/{program}/lines/{line}";
  static constexpr size_t kShortestId = 2;

  template <typename Request>
  static const Message& BodyOf(const Request& request) {
    return request.measure();
  }

  static const std::string& IdOf(const CreateRequest& request) { return request.measure_id(); }

  static auto* ItemsOf(ListResponse* response) { return response->mutable_measures(); }

  static std::optional<ParentName> ParseParent(absl::string_view text);

  static Measure::Name NameUnder(const ParentName& parent, std::string id) {
    return MeasureName{{{parent.region, parent.program}, parent.line}, std::move(id)};
  }

  static std::optional<Measure::Name> ParseName(absl::string_view text) {
    return ParseMeasureName(text);
  }

  static const std::string& LastPart(const Measure::Name& name) { return name.measure; }

  static std::vector<aip::FilterField> FilterFields();
  static absl::StatusOr<Measure::Filter> ReadFilter(const std::vector<aip::Condition>& conditions);

  static absl::StatusOr<Measure> Merge(const Measure& current, Measure changed) {
    return Replan(current, std::move(changed));
  }
};

template <>
struct Api<SpecialAssignment> {
  using Message = v1::SpecialAssignment;
  using CreateRequest = v1::CreateSpecialAssignmentRequest;
  using GetRequest = v1::GetSpecialAssignmentRequest;
  using ListRequest = v1::ListSpecialAssignmentsRequest;
  using ListResponse = v1::ListSpecialAssignmentsResponse;
  using UpdateRequest = v1::UpdateSpecialAssignmentRequest;
  static constexpr absl::string_view kField = "special_assignment";
  static constexpr absl::string_view kIdField = "special_assignment_id";
  static constexpr absl::string_view kNameForm =
      "regions/{region}/programs/{program}/specialAssignments/{special_assignment}";
  static constexpr absl::string_view kParentForm = "regions/{region}/programs/{program}";
  static constexpr size_t kShortestId = 2;

  template <typename Request>
  static const Message& BodyOf(const Request& request) {
    return request.special_assignment();
  }

  static const std::string& IdOf(const CreateRequest& request) {
    return request.special_assignment_id();
  }

  static auto* ItemsOf(ListResponse* response) { return response->mutable_special_assignments(); }

  static std::optional<ParentName> ParseParent(absl::string_view text);

  static SpecialAssignment::Name NameUnder(const ParentName& parent, std::string id) {
    return SpecialAssignmentName{{parent.region, parent.program}, std::move(id)};
  }

  static std::optional<SpecialAssignment::Name> ParseName(absl::string_view text) {
    return ParseSpecialAssignmentName(text);
  }

  static const std::string& LastPart(const SpecialAssignment::Name& name) {
    return name.assignment;
  }

  static std::vector<aip::FilterField> FilterFields();
  static absl::StatusOr<SpecialAssignment::Filter> ReadFilter(
      const std::vector<aip::Condition>& conditions);

  static absl::StatusOr<SpecialAssignment> Merge(const SpecialAssignment& current,
                                                 SpecialAssignment changed) {
    return Redraft(current, std::move(changed));
  }
};

}  // namespace vsv::programs
