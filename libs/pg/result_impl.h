// What a Result holds; only for libs/pg itself.
#pragma once

#include "libs/pg/result.h"

#include <memory>
#include <string>
#include <vector>

struct pg_result;

namespace vsv::pg {

struct ResultData {
  std::shared_ptr<pg_result> result;
  std::string statement;             // for the message of an abort
  std::vector<std::string> columns;  // names, in order
};

// Takes over a successful driver result.
Result MakeResult(std::shared_ptr<pg_result> result, const char* statement);

}  // namespace vsv::pg
