#include "services/programs/clients/grpc_figures_directory.h"

#include "libs/aip/proto_time.h"
#include "libs/base/local_date.h"
#include "libs/rpc/outgoing.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace vsv::programs {
namespace {

namespace pb = outcomes::v1;

constexpr size_t kMostQueries = 100;  // of one call, by the contract of outcomes

constexpr std::array<std::pair<absl::string_view, pb::Level>, 9> kLevels = {
    {{"total", pb::LEVEL_TOTAL},
     {"entree", pb::LEVEL_ENTREE},
     {"mbo2", pb::LEVEL_MBO2},
     {"mbo3", pb::LEVEL_MBO3},
     {"mbo4", pb::LEVEL_MBO4},
     {"vavo", pb::LEVEL_VAVO},
     {"vo_lower", pb::LEVEL_VO_LOWER},
     {"vmbo_upper", pb::LEVEL_VMBO_UPPER},
     {"havo_vwo_upper", pb::LEVEL_HAVO_VWO_UPPER}}};

// A code that outcomes does not know stands for all levels together, as the empty one does.
pb::Level LevelOf(const std::string& code) {
  for (const auto& [name, level] : kLevels) {
    if (name == code) return level;
  }
  return pb::LEVEL_TOTAL;
}

double ToDouble(const pb::Decimal& decimal) {
  double power = 1;
  for (int i = 0; i < decimal.scale(); ++i) power *= 10;
  return static_cast<double>(decimal.unscaled_value()) / power;
}

std::string UnitName(pb::MeasureUnit unit) {
  switch (unit) {
    case pb::MEASURE_UNIT_PERCENT:
      return "percent";
    case pb::MEASURE_UNIT_COUNT:
      return "count";
    case pb::MEASURE_UNIT_SCORE_1_TO_10:
      return "score";
    default:
      return "";
  }
}

FigureState StateOf(pb::FigureStatus status) {
  switch (status) {
    case pb::FIGURE_STATUS_PROVISIONAL:
      return FigureState::kProvisional;
    case pb::FIGURE_STATUS_DEFINITIVE:
      return FigureState::kDefinitive;
    case pb::FIGURE_STATUS_RESTATED:
      return FigureState::kRestated;
    default:
      return FigureState::kNone;
  }
}

AmbitionVerdict VerdictOf(pb::Outcome outcome) {
  if (outcome == pb::OUTCOME_MET) return AmbitionVerdict::kMet;
  if (outcome == pb::OUTCOME_NOT_MET) return AmbitionVerdict::kNotMet;
  return AmbitionVerdict::kNotJudged;
}

absl::Status StatusFrom(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                      absl::StrCat("outcomes: ", status.error_message()));
}

}  // namespace

Figure FigureFrom(const pb::IndicatorStatus& status) {
  Figure figure;
  figure.unit = UnitName(status.unit());
  figure.verdict = VerdictOf(status.outcome());
  figure.explanation = status.explanation();
  if (status.has_figure()) {
    figure.school_year = status.figure().slice().period();
    figure.state = StateOf(status.figure().status());
    if (status.figure().has_value()) figure.value = ToDouble(status.figure().value());
  }
  if (status.has_target() && status.target().has_value()) {
    figure.target = ToDouble(status.target().value());
  }
  return figure;
}

GrpcFiguresDirectory::GrpcFiguresDirectory(const std::shared_ptr<grpc::Channel>& channel,
                                           const base::Clock& clock)
    : stub_(pb::OutcomesService::NewStub(channel)), clock_(clock) {}

absl::StatusOr<std::vector<Figure>> GrpcFiguresDirectory::Look(
    absl::Span<const IndicatorLink> links, absl::CivilDay reference, absl::Time deadline) {
  // What was known at the end of the day; of today, what is known now.
  const absl::Time end_of_day = base::StartOfLocalDay(reference + 1);
  std::vector<Figure> figures;
  for (size_t begin = 0; begin < links.size(); begin += kMostQueries) {
    pb::BatchGetIndicatorStatusesRequest request;
    for (const IndicatorLink& link : links.subspan(begin, kMostQueries)) {
      pb::IndicatorStatusQuery* query = request.add_queries();
      query->set_indicator(link.indicator);
      query->set_organisation(ToString(link.organisation));
      query->set_level(LevelOf(link.level));
      query->set_ambition(link.ambition);
    }
    if (end_of_day <= clock_.Now()) *request.mutable_as_known_time() = aip::ToProto(end_of_day);
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(deadline));
    context.AddMetadata("vsv-purpose", "projection");
    pb::BatchGetIndicatorStatusesResponse response;
    const grpc::Status status = rpc::AwaitReply([&](auto done) {
      stub_->async()->BatchGetIndicatorStatuses(&context, &request, &response, std::move(done));
    });
    if (!status.ok()) return StatusFrom(status);
    for (const pb::IndicatorStatus& found : response.statuses()) {
      figures.push_back(FigureFrom(found));
    }
  }
  return figures;
}

}  // namespace vsv::programs
