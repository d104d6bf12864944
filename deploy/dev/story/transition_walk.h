// Takes generated pupils through their transition over the APIs, many at a time.
#pragma once

#include "absl/status/statusor.h"

#include <map>
#include <string>
#include <vector>

#include "deploy/dev/story/pupils.h"
#include "deploy/dev/story/stage.h"

namespace vsv::story {

struct WalkResult {
  int dossiers = 0;
  int calls = 0;
  int crossing_regions = 0;  // mbo or residence in another region than the school's
};

// Actors by organisation id: every school and institution that a pupil names.
using Cast = std::map<std::string, const Actor*>;

// Creates the dossiers in batches per school, then walks each pupil as far as its progress says,
// `threads` pupils at once. Every request id follows from the pupil, so that a second walk finds
// what the first made. The first refusal ends it.
absl::StatusOr<WalkResult> WalkTransitions(const std::vector<Pupil>& pupils, const Cast& cast,
                                           int year, int threads);

}  // namespace vsv::story
