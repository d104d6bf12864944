// Separated values: what is read is written and read again the same.
#include "libs/base/csv.h"

#include "tests/fuzz/property.h"

#include <cstdint>

using vsv::fuzz::Demand;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text = vsv::fuzz::Text(data, size);
  vsv::base::CsvOptions options;
  options.max_bytes = 4096;
  options.max_rows = 64;
  options.max_columns = 16;
  options.max_field_bytes = 1024;
  vsv::base::CsvReader reader(text, options);
  std::vector<std::string> row;
  while (true) {
    const auto more = reader.Next(row);
    if (!more.ok() || !*more) break;
    Demand(reader.row_number() <= options.max_rows, "no more rows than allowed");
    Demand(row.size() <= options.max_columns, "no more columns than allowed");
    const std::string written = vsv::base::FormatCsvRow(row);
    vsv::base::CsvReader again(written);
    std::vector<std::string> read;
    const auto found = again.Next(read);
    Demand(found.ok() && *found && read == row, "a row reads back as it was");
  }
  if (const auto table = vsv::base::ReadCsvTable(text, options); table.ok()) {
    for (const auto& cells : table->rows) {
      Demand(cells.size() == table->header.size(), "a value in every column");
    }
  }
  return 0;
}
