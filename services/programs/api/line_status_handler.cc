#include "services/programs/api/line_status_handler.h"

#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "services/programs/api/field_reader.h"
#include "services/programs/api/to_proto.h"
#include "services/programs/domain/line_status.h"
#include "services/programs/domain/names.h"

#include "absl/time/clock.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vsv::programs {
namespace {

// Why outcomes cannot be asked for a link; "" when it can. It refuses a batch for one name that is
// none, and links were stored that have such a name.
std::string WhyNotAsked(const IndicatorLink& link) {
  if (!IsIndicatorName(link.indicator)) {
    return "the link names no indicator: its name must be of the form indicators/{indicator}";
  }
  if (!link.ambition.empty() && !IsAmbitionName(link.ambition)) {
    return "the link names no ambition: its name must be of the form ambitions/{ambition}";
  }
  return "";
}

}  // namespace

std::optional<std::vector<Figure>> LineStatusHandler::Figures(const rpc::CallContext& call,
                                                              const LineFacts& facts,
                                                              absl::CivilDay reference) const {
  std::vector<Figure> figures(facts.links.size());
  std::vector<IndicatorLink> asked;
  std::vector<size_t> places;
  for (size_t i = 0; i < facts.links.size(); ++i) {
    figures[i].explanation = WhyNotAsked(facts.links[i]);
    if (!figures[i].explanation.empty()) continue;
    asked.push_back(facts.links[i]);
    places.push_back(i);
  }
  if (asked.empty()) return figures;
  const absl::Time now = absl::Now();  // a deadline is real time
  const absl::Duration time = std::min(options_.figures_timeout, (call.deadline - now) / 2);
  absl::StatusOr<std::vector<Figure>> found = figures_.Look(asked, reference, now + time);
  if (!found.ok() || found->size() != asked.size()) return std::nullopt;
  for (size_t i = 0; i < places.size(); ++i) figures[places[i]] = std::move((*found)[i]);
  return figures;
}

absl::StatusOr<policy::Cleared<v1::LineStatus>> LineStatusHandler::Get(
    const rpc::CallContext& call, const v1::GetLineStatusRequest& request) const {
  FieldReader reader;
  const auto name = ParseLineName(request.name());
  if (!name) {
    reader.Violate("name", "must be of the form regions/{region}/programs/{program}/lines/{line}");
  }
  const absl::CivilDay today = base::LocalDay(call.start_time);
  absl::CivilDay reference = today;
  if (request.has_reference_date()) {
    reference = reader.Day(request.reference_date(), "reference_date");
    if (reference > today) reader.Violate("reference_date", "must not lie in the future");
  }
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_ASSIGN_OR_RETURN(const LineFacts facts, stores_.facts.Read(*name, reference, call.deadline));
  VSV_RETURN_IF_ERROR(permissions_.MayReadStatus(call, facts.line));
  LineStatusInputs inputs;
  inputs.reference = reference;
  inputs.now = call.start_time;
  inputs.projection_max_age = options_.counts_max_age;
  inputs.small_group_threshold = options_.small_group_threshold;
  inputs.figures = Figures(call, facts, reference);
  return policy::NoPersonalData(ToProto(facts, ComputeLineStatus(facts, inputs), reference));
}

}  // namespace vsv::programs
