#include "libs/aip/proto_time.h"
#include "libs/base/status_macros.h"
#include "libs/base/uuid.h"
#include "libs/errors/errors.h"
#include "services/outcomes/api/convert_figure.h"
#include "services/outcomes/api/field_reader.h"
#include "services/outcomes/api/figure_filter.h"
#include "services/outcomes/api/mutation.h"
#include "services/outcomes/api/outcomes_handlers.h"
#include "services/outcomes/api/paging.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <map>
#include <optional>
#include <utility>

namespace vsv::outcomes {
namespace {

constexpr int kMostFigures = 1000;

// Whether the caller may import it: own figures always, published ones of others as keeper or
// programme manager.
bool MayImport(const rpc::Caller& caller, const Figure& figure) {
  if (figure.key.slice.organisation_id == caller.organisation_id) return true;
  const bool for_all = caller.HasRole(policy::v1::ROLE_REGISTER_KEEPER) ||
                       caller.HasRole(policy::v1::ROLE_PROGRAMME_MANAGER);
  return for_all && figure.key.origin == FigureOrigin::kPublished;
}

// What is wrong with one row, or OK with the figure.
absl::StatusOr<Figure> ReadRow(const rpc::Caller& caller, const v1::Figure& proto, int row) {
  FieldReader reader;
  Figure figure = ParseFigure(proto, absl::StrCat("figures[", row, "]"), reader);
  VSV_RETURN_IF_ERROR(reader.status());
  if (!MayImport(caller, figure)) {
    return errors::Precondition("FIGURE_FOREIGN", "the figure is not yours to import");
  }
  return figure;
}

std::string MessageOf(const absl::Status& status) {
  const std::optional<errors::Detail> detail = errors::DetailOf(status);
  if (!detail.has_value() || detail->violations.empty()) return std::string(status.message());
  return absl::StrJoin(detail->violations, "; ",
                       [](std::string* out, const errors::Violation& violation) {
                         absl::StrAppend(out, violation.field, ": ", violation.description);
                       });
}

void SetVerdict(const absl::StatusOr<Admission>& verdict, v1::FigureRowVerdict& proto) {
  if (!verdict.ok()) {
    proto.set_verdict(v1::FIGURE_VERDICT_REFUSED);
    proto.set_reason(errors::ReasonOf(verdict.status()));
    proto.set_message(MessageOf(verdict.status()));
    return;
  }
  proto.set_verdict(*verdict == Admission::kAdded ? v1::FIGURE_VERDICT_ADDED
                                                  : v1::FIGURE_VERDICT_UNCHANGED);
}

v1::ImportFiguresResponse ToResponse(const std::vector<absl::StatusOr<Admission>>& verdicts) {
  v1::ImportFiguresResponse response;
  std::map<v1::FigureVerdict, int> counts;
  for (size_t i = 0; i < verdicts.size(); ++i) {
    v1::FigureRowVerdict* const proto = response.add_verdicts();
    proto->set_row(static_cast<int>(i));
    SetVerdict(verdicts[i], *proto);
    ++counts[proto->verdict()];
  }
  response.set_added_count(counts[v1::FIGURE_VERDICT_ADDED]);
  response.set_unchanged_count(counts[v1::FIGURE_VERDICT_UNCHANGED]);
  response.set_refused_count(counts[v1::FIGURE_VERDICT_REFUSED]);
  return response;
}

// Refuses the rows whose value cannot be one of their indicator. Unknown indicators are the store's
// to refuse.
absl::Status JudgeUnits(IndicatorStore& store, absl::Time deadline,
                        std::vector<absl::StatusOr<Figure>>& rows) {
  std::map<std::string, std::optional<MeasureUnit>> units;
  for (const absl::StatusOr<Figure>& row : rows) {
    if (row.ok()) units[row->key.indicator_id];
  }
  std::vector<std::string> ids;
  ids.reserve(units.size());
  for (const auto& [id, unit] : units) ids.push_back(id);
  for (const absl::StatusOr<Indicator>& indicator : store.GetIndicators(ids, deadline)) {
    if (indicator.ok()) {
      units[indicator->id] = indicator->unit;
    } else if (!absl::IsNotFound(indicator.status())) {
      return indicator.status();
    }
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].ok()) continue;
    const std::optional<MeasureUnit>& unit = units[rows[i]->key.indicator_id];
    if (unit.has_value() && !FitsUnit(*unit, rows[i]->value)) {
      rows[i] = errors::FieldInvalid(absl::StrCat("figures[", i, "].value"),
                                     "is no value in the unit of the indicator");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<policy::Cleared<v1::ImportFiguresResponse>> FigureHandlers::Import(
    const rpc::CallContext& call, const v1::ImportFiguresRequest& request) {
  FieldReader reader;
  ImportFiguresCommand command;
  command.mutation = MutationOf(call, request, reader);
  if (request.figures_size() < 1 || request.figures_size() > kMostFigures) {
    reader.Violate("figures", "must be 1 to 1000");
  }
  VSV_RETURN_IF_ERROR(reader.status());
  std::vector<absl::StatusOr<Figure>> rows;
  rows.reserve(static_cast<size_t>(request.figures_size()));
  for (int i = 0; i < request.figures_size(); ++i) {
    rows.push_back(ReadRow(call.caller, request.figures(i), i));
  }
  VSV_RETURN_IF_ERROR(JudgeUnits(context_.indicators, call.deadline, rows));
  for (absl::StatusOr<Figure>& row : rows) {
    if (!row.ok()) continue;
    row->id = base::NewUuidV7(context_.clock);
    command.figures.push_back(*row);
  }
  VSV_ASSIGN_OR_RETURN(const auto stored, context_.figures.ImportFigures(command));
  std::vector<absl::StatusOr<Admission>> verdicts;
  verdicts.reserve(rows.size());
  size_t next = 0;
  for (const absl::StatusOr<Figure>& row : rows) {
    verdicts.push_back(row.ok() ? stored[next++] : absl::StatusOr<Admission>(row.status()));
  }
  return policy::NoPersonalData(ToResponse(verdicts));
}

absl::StatusOr<policy::Cleared<v1::ListFiguresResponse>> FigureHandlers::List(
    const rpc::CallContext& call, const v1::ListFiguresRequest& request) {
  VSV_ASSIGN_OR_RETURN(const Page page, ReadPage(call, request, context_.page_tokens, 2));
  ListFiguresCommand command;
  VSV_ASSIGN_OR_RETURN(command.filter, ParseFigureFilter(request.filter()));
  command.as_known =
      request.has_as_known_time() ? aip::FromProto(request.as_known_time()) : call.start_time;
  command.show_superseded = request.show_superseded();
  command.limit = page.limit();
  command.deadline = call.deadline;
  if (!page.is_first()) {
    int64_t micros = 0;
    if (!absl::SimpleAtoi(page.After(1), &micros)) return errors::PageTokenInvalid();
    command.after = FigurePosition{page.After(0), absl::FromUnixMicros(micros)};
  }
  VSV_ASSIGN_OR_RETURN(const std::vector<Figure> rows, context_.figures.ListFigures(command));
  v1::ListFiguresResponse response;
  if (const Figure* last = page.Fill(rows, *response.mutable_figures())) {
    response.set_next_page_token(context_.page_tokens.Make(
        request, call.caller.organisation_id,
        {CellOf(last->key), absl::StrCat(absl::ToUnixMicros(last->known_from))}));
  }
  return policy::NoPersonalData(std::move(response));
}

}  // namespace vsv::outcomes
