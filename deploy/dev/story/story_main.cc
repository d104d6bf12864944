// vsv-story: the main job of the suite, walked over the APIs. Exit 0 only if every step held.
#include "libs/base/local_date.h"

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include <iostream>

#include "deploy/dev/story/chapters.h"
#include "deploy/dev/story/pupils.h"

ABSL_FLAG(std::string, home, "./var", "Where the running suite keeps its state (VSV_HOME)");
ABSL_FLAG(std::string, source_dir, ".", "Root of the source tree");
ABSL_FLAG(std::string, host, "127.0.0.1", "Where the servers listen");
ABSL_FLAG(int, partners_port, 7401, "Port of partners");
ABSL_FLAG(int, programs_port, 7402, "Port of programs");
ABSL_FLAG(int, dossiers_port, 7403, "Port of dossiers");
ABSL_FLAG(int, outcomes_port, 7404, "Port of outcomes");
ABSL_FLAG(std::string, register_keeper_oin, "00000099000000001000",
          "OIN of the keeper of the register");
ABSL_FLAG(int, pupils, 3000, "Pupils to generate (500..8000)");

namespace vsv::story {
namespace {

StageOptions OptionsFromFlags() {
  StageOptions options;
  options.home = absl::GetFlag(FLAGS_home);
  options.source_dir = absl::GetFlag(FLAGS_source_dir);
  options.register_keeper_oin = absl::GetFlag(FLAGS_register_keeper_oin);
  const std::string host = absl::GetFlag(FLAGS_host);
  options.addresses = {{"partners", absl::StrCat(host, ":", absl::GetFlag(FLAGS_partners_port))},
                       {"programs", absl::StrCat(host, ":", absl::GetFlag(FLAGS_programs_port))},
                       {"dossiers", absl::StrCat(host, ":", absl::GetFlag(FLAGS_dossiers_port))},
                       {"outcomes", absl::StrCat(host, ":", absl::GetFlag(FLAGS_outcomes_port))}};
  return options;
}

absl::Status Tell(Narrator& narrator) {
  absl::StatusOr<std::unique_ptr<Stage>> stage = Stage::Open(OptionsFromFlags());
  if (!stage.ok()) return stage.status();
  Plot plot{.narrator = narrator,
            .stage = **stage,
            .today = base::LocalDay(absl::Now()),
            .pupils = absl::GetFlag(FLAGS_pupils)};
  plot.year = TransitionYear(plot.today);
  for (const auto chapter :
       {TellRegister, TellPrograms, TellDossiers, TellSync, TellAudit, TellOutcomes, TellStatus}) {
    if (const absl::Status status = chapter(plot); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace
}  // namespace vsv::story

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "Walks the main job of vsv-regie over the APIs of a running suite (./run up).");
  absl::ParseCommandLine(argc, argv);
  vsv::story::Narrator narrator;
  const absl::Status status = vsv::story::Tell(narrator);
  if (!status.ok()) {
    std::cout << "\nThe story ends here: " << vsv::story::Told(status) << std::endl;
    return 1;
  }
  std::cout << "\n"
            << narrator.held() << " steps held, in " << absl::ToInt64Seconds(narrator.Elapsed())
            << " s." << std::endl;
  return 0;
}
