// Sample data as requests: a JSON list of {"method", "as", "request"}, sent in order over the APIs
// like anybody's.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <functional>
#include <string>

#include "deploy/dev/story/stage.h"

namespace vsv::story {

// What became of a file.
struct LoadResult {
  int sent = 0;
  int already_there = 0;  // refused with ALREADY_EXISTS: loaded before
};

// Sends every request of data/sample/`file`. `who` gives the actor for the organisation id in "as"
// ("" = the keeper of the register). The first refusal other than ALREADY_EXISTS ends it, naming
// the request.
absl::StatusOr<LoadResult> LoadRequests(
    const Stage& stage, const std::string& file, const std::string& purpose,
    const std::function<absl::StatusOr<const Actor*>(const std::string&)>& who);

}  // namespace vsv::story
