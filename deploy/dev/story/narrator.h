// Tells the story: one line per step with what was asked, by whom, and what came back.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <string>

namespace vsv::story {

// A step that does not hold ends the story with its status.
class Narrator {
 public:
  Narrator();

  // Heading of a chapter; its steps are numbered "<chapter>.<n>".
  void Chapter(int number, absl::string_view title);

  // Prints the step; OK when `held`, FAILED_PRECONDITION naming the step otherwise.
  absl::Status Step(bool held, absl::string_view who, absl::string_view asked,
                    absl::string_view answer);

  // A line below a step: figures, rows of a table.
  void Detail(absl::string_view line);

  // Steps that held so far, and the time since the beginning.
  int held() const { return held_; }

  absl::Duration Elapsed() const;

 private:
  int chapter_ = 0;
  int step_ = 0;
  int held_ = 0;
  const absl::Time start_;
};

// How a refusal is told: "NOT_FOUND DOSSIER_NOT_FOUND".
std::string Told(const absl::Status& status);

}  // namespace vsv::story
