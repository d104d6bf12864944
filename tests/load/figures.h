// The arithmetic of ./run bench: what its table and var/bench/latest.json say follows from here
// alone.
#pragma once

#include "absl/status/statusor.h"

#include <istream>
#include <optional>
#include <string>
#include <vector>

namespace vsv::load {

// Milliseconds of processor time per call; nullopt where it could not be told.
struct Cpu {
  std::optional<double> client;
  std::optional<double> server;
  std::optional<double> database;
};

// Ours and the reference, measured one after the other within one run.
struct Round {
  double ours = 0;
  double reference = 0;
  Cpu our_cpu;
  Cpu reference_cpu;
};

struct Row {
  std::string name;
  std::string unit;
  std::string conditions;
  std::vector<Round> rounds;  // never empty
};

// What lies in the middle; the mean of the two in the middle when there are two. Of at least one.
double Median(std::vector<double> values);

// The smallest value that at least `percent` of all do not exceed (nearest rank). Of at least one.
double Percentile(std::vector<double> values, double percent);

// Median of the rounds' ratios ours / reference: what disturbs one round disturbs one ratio.
double MedianRatio(const Row& row);

// Reads one measured round a line, of tab-separated fields: row, unit, conditions, ours, reference,
// our processor time, the reference's. Processor time is "client server database", "-" where it is
// not known. Rounds of one row go together, in the order in which rows first appear.
absl::StatusOr<std::vector<Row>> ReadRounds(std::istream& lines);

// var/bench/latest.json.
std::string ToJson(const std::vector<Row>& rows);

// For people.
std::string ToTable(const std::vector<Row>& rows);

}  // namespace vsv::load
