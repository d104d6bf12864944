// Indicator links, see resource_api.h.
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
struct Api<IndicatorLink> {
  using Message = v1::IndicatorLink;
  using CreateRequest = v1::CreateIndicatorLinkRequest;
  using GetRequest = v1::GetIndicatorLinkRequest;
  using ListRequest = v1::ListIndicatorLinksRequest;
  using ListResponse = v1::ListIndicatorLinksResponse;
  using UpdateRequest = v1::UpdateIndicatorLinkRequest;
  static constexpr absl::string_view kField = "indicator_link";
  static constexpr absl::string_view kIdField = "indicator_link_id";
  static constexpr absl::string_view kNameForm =
      "regions/{region}/programs/{program}/lines/{line}/indicatorLinks/{indicator_link}";
  static constexpr absl::string_view kParentForm =
      "regions/{region}/programs/{program}/lines/{line}";
  static constexpr size_t kShortestId = 2;

  template <typename Request>
  static const Message& BodyOf(const Request& request) {
    return request.indicator_link();
  }

  static const std::string& IdOf(const CreateRequest& request) {
    return request.indicator_link_id();
  }

  static auto* ItemsOf(ListResponse* response) { return response->mutable_indicator_links(); }

  static std::optional<ParentName> ParseParent(absl::string_view text);

  static IndicatorLink::Name NameUnder(const ParentName& parent, std::string id) {
    return IndicatorLinkName{{{parent.region, parent.program}, parent.line}, std::move(id)};
  }

  static std::optional<IndicatorLink::Name> ParseName(absl::string_view text) {
    return ParseIndicatorLinkName(text);
  }

  static const std::string& LastPart(const IndicatorLink::Name& name) { return name.link; }

  static std::vector<aip::FilterField> FilterFields();
  static absl::StatusOr<IndicatorLink::Filter> ReadFilter(
      const std::vector<aip::Condition>& conditions);

  static absl::StatusOr<IndicatorLink> Merge(const IndicatorLink&, IndicatorLink changed) {
    return changed;
  }
};

}  // namespace vsv::programs
