#include "tests/load/figures.h"

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace vsv::load {
namespace {

constexpr size_t kFields = 7;

template <typename Get>
std::vector<double> Of(const Row& row, Get get) {
  std::vector<double> values;
  for (const Round& round : row.rounds) values.push_back(get(round));
  return values;
}

std::vector<double> Ratios(const Row& row) {
  return Of(row, [](const Round& round) { return round.ours / round.reference; });
}

absl::StatusOr<double> ParseFigure(absl::string_view text) {
  double value = 0;
  if (!absl::SimpleAtod(text, &value) || !std::isfinite(value) || value <= 0) {
    return absl::InvalidArgumentError(absl::StrCat("'", text, "' is no figure above zero"));
  }
  return value;
}

absl::StatusOr<Cpu> ParseCpu(absl::string_view text) {
  const std::vector<std::string> parts = absl::StrSplit(text, ' ');
  if (parts.size() != 3) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", text, "' is not the processor time of client, server and database"));
  }
  Cpu cpu;
  std::optional<double>* const fields[] = {&cpu.client, &cpu.server, &cpu.database};
  for (size_t i = 0; i < parts.size(); ++i) {
    double value = 0;
    if (parts[i] == "-") continue;
    if (!absl::SimpleAtod(parts[i], &value) || !std::isfinite(value) || value < 0) {
      return absl::InvalidArgumentError(absl::StrCat("'", parts[i], "' is no processor time"));
    }
    *fields[i] = value;
  }
  return cpu;
}

absl::StatusOr<Round> ParseRound(const std::vector<std::string>& fields) {
  const absl::StatusOr<double> ours = ParseFigure(fields[3]);
  const absl::StatusOr<double> reference = ParseFigure(fields[4]);
  const absl::StatusOr<Cpu> our_cpu = ParseCpu(fields[5]);
  const absl::StatusOr<Cpu> reference_cpu = ParseCpu(fields[6]);
  for (const absl::Status& status :
       {ours.status(), reference.status(), our_cpu.status(), reference_cpu.status()}) {
    if (!status.ok()) return status;
  }
  return Round{*ours, *reference, *our_cpu, *reference_cpu};
}

std::string Quoted(absl::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      absl::StrAppend(&out, "\\", std::string(1, c));
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(&out, "\\u%04x", static_cast<unsigned>(c));
    } else {
      out.push_back(c);
    }
  }
  return out + "\"";
}

std::string Number(double value) {
  return absl::StrFormat("%.6g", value);
}

std::string CpuJson(const Cpu& cpu) {
  const auto number = [](const std::optional<double>& value) {
    return value.has_value() ? Number(*value) : "null";
  };
  return absl::StrCat("{\"client\": ", number(cpu.client), ", \"server\": ", number(cpu.server),
                      ", \"database\": ", number(cpu.database), "}");
}

std::string RoundJson(const Round& round) {
  return absl::StrCat("    {\"ours\": ", Number(round.ours),
                      ", \"reference\": ", Number(round.reference),
                      ", \"ours_cpu_ms\": ", CpuJson(round.our_cpu),
                      ", \"reference_cpu_ms\": ", CpuJson(round.reference_cpu), "}");
}

std::string RowJson(const Row& row) {
  const auto rounds = absl::StrJoin(row.rounds, ",\n", [](std::string* out, const Round& round) {
    absl::StrAppend(out, RoundJson(round));
  });
  return absl::StrCat(
      "  {\"name\": ", Quoted(row.name),
      ",\n   \"ours\": ", Number(Median(Of(row, [](const Round& round) { return round.ours; }))),
      ", \"reference\": ",
      Number(Median(Of(row, [](const Round& round) { return round.reference; }))),
      ", \"ratio\": ", Number(MedianRatio(row)), ", \"unit\": ", Quoted(row.unit),
      ",\n   \"conditions\": ", Quoted(row.conditions), ",\n   \"rounds\": [\n", rounds, "]}");
}

// "0.21+0.80+1.10": medians of client, server and database; "" when nothing is known.
std::string CpuText(const Row& row, const Cpu Round::*cpu) {
  std::vector<std::string> parts;
  bool known = false;
  for (const auto field : {&Cpu::client, &Cpu::server, &Cpu::database}) {
    std::vector<double> values;
    for (const Round& round : row.rounds) {
      if (const std::optional<double>& value = (round.*cpu).*field) values.push_back(*value);
    }
    known = known || !values.empty();
    parts.push_back(values.empty() ? "-" : absl::StrFormat("%.2f", Median(std::move(values))));
  }
  return known ? absl::StrJoin(parts, "+") : "";
}

}  // namespace

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double Percentile(std::vector<double> values, double percent) {
  std::sort(values.begin(), values.end());
  const double rank = std::ceil(percent / 100 * static_cast<double>(values.size()));
  return values[static_cast<size_t>(std::clamp(rank, 1.0, static_cast<double>(values.size()))) - 1];
}

double MedianRatio(const Row& row) {
  return Median(Ratios(row));
}

absl::StatusOr<std::vector<Row>> ReadRounds(std::istream& lines) {
  std::vector<Row> rows;
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    if (fields.size() != kFields) {
      return absl::InvalidArgumentError(
          absl::StrCat("line ", number, " has ", fields.size(), " fields instead of ", kFields));
    }
    const absl::StatusOr<Round> round = ParseRound(fields);
    if (!round.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("line ", number, ": ", round.status().message()));
    }
    auto row = std::find_if(rows.begin(), rows.end(),
                            [&](const Row& known) { return known.name == fields[0]; });
    if (row == rows.end()) row = rows.insert(row, Row{fields[0], fields[1], fields[2], {}});
    row->rounds.push_back(*round);
  }
  if (rows.empty()) return absl::InvalidArgumentError("nothing was measured");
  return rows;
}

std::string ToJson(const std::vector<Row>& rows) {
  const auto joined = absl::StrJoin(
      rows, ",\n", [](std::string* out, const Row& row) { absl::StrAppend(out, RowJson(row)); });
  return absl::StrCat("[\n", joined, "\n]\n");
}

std::string ToTable(const std::vector<Row>& rows) {
  constexpr char kHeader[] = "%-46s %9s %9s %6s %13s %-8s %-16s %s\n";
  std::string table = absl::StrFormat(kHeader, "ROW", "OURS", "REFERENCE", "RATIO", "LOW..HIGH",
                                      "UNIT", "CPU OURS", "CPU REFERENCE");
  for (const Row& row : rows) {
    const std::vector<double> ratios = Ratios(row);
    const auto [low, high] = std::minmax_element(ratios.begin(), ratios.end());
    absl::StrAppendFormat(&table, "%-46s %9.4g %9.4g %6.2f %13s %-8s %-16s %s\n", row.name,
                          Median(Of(row, [](const Round& round) { return round.ours; })),
                          Median(Of(row, [](const Round& round) { return round.reference; })),
                          MedianRatio(row), absl::StrFormat("%.2f..%.2f", *low, *high), row.unit,
                          CpuText(row, &Round::our_cpu), CpuText(row, &Round::reference_cpu));
  }
  return table;
}

}  // namespace vsv::load
