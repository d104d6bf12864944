#include "deploy/dev/story/narrator.h"

#include "libs/errors/errors.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

#include <iostream>

namespace vsv::story {

Narrator::Narrator() : start_(absl::Now()) {}

void Narrator::Chapter(int number, absl::string_view title) {
  chapter_ = number;
  step_ = 0;
  std::cout << "\n" << number << ". " << title << std::endl;
}

absl::Status Narrator::Step(bool held, absl::string_view who, absl::string_view asked,
                            absl::string_view answer) {
  ++step_;
  const std::string number = absl::StrCat(chapter_, ".", step_);
  std::cout << absl::StrFormat("  %-5s %s  %-26s %s -> %s", number, held ? "ok" : "!!", who, asked,
                               answer)
            << std::endl;
  if (held) {
    ++held_;
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(absl::StrCat("step ", number, " did not hold"));
}

void Narrator::Detail(absl::string_view line) {
  std::cout << "             " << line << std::endl;
}

absl::Duration Narrator::Elapsed() const {
  return absl::Now() - start_;
}

std::string Told(const absl::Status& status) {
  if (status.ok()) return "OK";
  return absl::StrCat(absl::StatusCodeToString(status.code()), " ", errors::ReasonOf(status), ": ",
                      std::string(status.message()));
}

}  // namespace vsv::story
