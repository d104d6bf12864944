#include "services/dossiers/domain/application.h"

#include "libs/errors/errors.h"
#include "services/dossiers/domain/names.h"

#include "absl/strings/str_cat.h"

#include <string>

namespace vsv::dossiers {
namespace {

absl::Status Conflict(ApplicationState state, absl::string_view needed) {
  return errors::StateConflict(
      absl::StrCat("the application is ", Name(state), "; this needs ", needed),
      {{"state", std::string(Name(state))}, {"needed", std::string(needed)}});
}

Application Enter(Application application, ApplicationState state, absl::CivilDay on) {
  application.state = state;
  application.state_on = on;
  return application;
}

}  // namespace

bool IsOpen(ApplicationState state) {
  return state == ApplicationState::kApplied || state == ApplicationState::kOffered ||
         state == ApplicationState::kEnrolled;
}

absl::StatusOr<Application> Offer(Application application, absl::CivilDay on) {
  if (application.state != ApplicationState::kApplied)
    return Conflict(application.state, "APPLIED");
  return Enter(std::move(application), ApplicationState::kOffered, on);
}

absl::StatusOr<Application> Enrol(Application application, absl::CivilDay on) {
  if (application.state != ApplicationState::kOffered)
    return Conflict(application.state, "OFFERED");
  return Enter(std::move(application), ApplicationState::kEnrolled, on);
}

absl::StatusOr<Application> Close(Application application, ApplicationState outcome,
                                  absl::CivilDay on) {
  const bool undecided = application.state == ApplicationState::kApplied ||
                         application.state == ApplicationState::kOffered;
  if (!undecided) return Conflict(application.state, "APPLIED,OFFERED");
  return Enter(std::move(application), outcome, on);
}

}  // namespace vsv::dossiers
