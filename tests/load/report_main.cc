// vsv-bench-report ROUNDS JSON: prints the table of what was measured and writes it as JSON.
#include "tests/load/figures.h"

#include <fstream>
#include <iostream>

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: vsv-bench-report ROUNDS JSON\n";
    return 2;
  }
  std::ifstream lines(argv[1]);
  const absl::StatusOr<std::vector<vsv::load::Row>> rows = vsv::load::ReadRounds(lines);
  if (!rows.ok()) {
    std::cerr << argv[1] << ": " << rows.status().message() << "\n";
    return 1;
  }
  std::ofstream json(argv[2]);
  json << vsv::load::ToJson(*rows);
  std::cout << vsv::load::ToTable(*rows);
  return json.flush().good() ? 0 : 1;
}
