// vsv-campaign: the clients of a campaign on a running suite.
//   prepare   the register of the sample data, and certificates for those who take part
//   write     16 clients write organisations and dossiers until SIGTERM, two have dossiers erased
//   and
//             two read meanwhile; what they were told and what they read in the end is appended to
//             the history
//   import    one import until SIGTERM; may be killed and begun again, its journal is in the
//   history compare   what a sync client holds, and what the server shows it, into the history
#include "libs/base/hash.h"
#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/server.h"
#include "tests/faults/erasers.h"
#include "tests/faults/history_files.h"
#include "tests/faults/importer.h"
#include "tests/faults/write_sessions.h"
#include "tests/faults/writers.h"

#include "vsv/dossiers/v1/dossier_requests.pb.h"

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include <array>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "deploy/dev/story/chapters.h"
#include "deploy/dev/story/pupils.h"
#include "deploy/dev/story/sync_state.h"

ABSL_FLAG(std::string, home, "", "State of the running suite (VSV_HOME)");
ABSL_FLAG(std::string, source_dir, ".", "Root of the source tree");
ABSL_FLAG(std::string, partners_address, "", "Address of partners, as the clients reach it");
ABSL_FLAG(std::string, dossiers_address, "", "Address of dossiers, as the clients reach it");
ABSL_FLAG(std::string, register_keeper_oin, "00000099000000001000", "OIN of the register's keeper");
ABSL_FLAG(std::string, history, "", "Directory of the round's history");
ABSL_FLAG(int, round, 1, "Number of the round; each has resources of its own");
ABSL_FLAG(int, clients, 16, "Writing clients; one half writes organisations, the other dossiers");
ABSL_FLAG(int, import, 0, "Number of the import: 0 is that of the first school");
ABSL_FLAG(int, import_rows, 400, "Rows of an import");
ABSL_FLAG(std::string, certificate, "", "Of the school that imports: path without suffix");
ABSL_FLAG(std::string, state, "", "File of the sync client");
ABSL_FLAG(std::string, subscriber, "", "Organisation that the sync client belongs to");

namespace vsv::faults {
namespace {

namespace dossiers = ::vsv::dossiers::v1;

constexpr int kResourcesEach = 4;
constexpr int kErasers = 2;
constexpr int kTestPupils = 9'000;
constexpr std::array<const char*, 2> kSchools = {"vmbo-de-eemhoek", "college-de-vecht"};
constexpr std::array<const char*, 2> kMunicipalities = {"gemeente-amersfoort", "gemeente-utrecht"};

std::string InHistory(const char* name) {
  return absl::StrCat(absl::GetFlag(FLAGS_history), "/", name, ".tsv");
}

std::string FileText(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// `certificate`: path without suffix.
ChannelKeys KeysAt(const std::string& certificate) {
  return {FileText(absl::StrCat(absl::GetFlag(FLAGS_home), "/pki/ca.crt")),
          FileText(absl::StrCat(certificate, ".crt")), FileText(absl::StrCat(certificate, ".key"))};
}

ChannelKeys KeysOf(const story::Actor& actor) {
  return KeysAt(actor.certificate());
}

absl::StatusOr<std::unique_ptr<story::Stage>> OpenStage() {
  return story::Stage::Open({absl::GetFlag(FLAGS_home),
                             absl::GetFlag(FLAGS_source_dir),
                             {{"partners", absl::GetFlag(FLAGS_partners_address)},
                              {"dossiers", absl::GetFlag(FLAGS_dossiers_address)}},
                             absl::GetFlag(FLAGS_register_keeper_oin)});
}

story::Plot PlotOn(story::Narrator& narrator, story::Stage& stage) {
  story::Plot plot{.narrator = narrator, .stage = stage, .today = base::LocalDay(absl::Now())};
  plot.year = story::TransitionYear(plot.today);
  return plot;
}

absl::Status Prepare(story::Plot& plot) {
  VSV_RETURN_IF_ERROR(story::TellRegister(plot));
  // Who takes part, with the path of the certificate without its suffix.
  for (const char* school : kSchools) {
    VSV_ASSIGN_OR_RETURN(const story::Actor* actor, EnterSchool(plot, school));
    std::cout << school << " " << actor->certificate() << "\n";
  }
  for (const char* place : kMunicipalities) {
    VSV_ASSIGN_OR_RETURN(const story::Actor* actor, EnterMunicipality(plot, place));
    std::cout << place << " " << actor->certificate() << "\n";
  }
  return absl::OkStatus();
}

// School, municipality and region go together.
DossierPlan PlanOf(int school, int first_pupil, int year) {
  return {.region = school == 0 ? "16" : "19",
          .municipality_code = school == 0 ? "GM0307" : "GM0344",
          .first_pupil = first_pupil % kTestPupils,
          .year = year};
}

std::shared_ptr<grpc::Channel> ToDossiers(const ChannelKeys& keys) {
  return InsistentChannel(absl::GetFlag(FLAGS_dossiers_address), keys);
}

void AppendActs(const Acts& acts) {
  for (const Act& act : acts.all())
    AppendRow(InHistory("acts"), {act.trace, act.method, absl::StrCat(act.people)});
}

void Append(const Writers& writers) {
  for (const Acknowledged& write : writers.acknowledged()) {
    AppendRow(InHistory("acknowledged"),
              {write.resource, absl::StrCat(write.version), write.value});
  }
  for (const std::string& write : writers.unanswered()) AppendRow(InHistory("unanswered"), {write});
  for (const Stored& row : writers.read()) AppendRow(InHistory("read"), {row.resource, row.value});
}

// Clients with even numbers write organisations, those with odd numbers dossiers of both regions.
absl::Status Write(story::Plot& plot) {
  std::vector<ChannelKeys> schools;
  std::vector<ChannelKeys> municipalities;
  for (const char* school : kSchools) {
    VSV_ASSIGN_OR_RETURN(const story::Actor* actor, EnterSchool(plot, school));
    schools.push_back(KeysOf(*actor));
  }
  for (const char* place : kMunicipalities) {
    VSV_ASSIGN_OR_RETURN(const story::Actor* actor, EnterMunicipality(plot, place));
    municipalities.push_back(KeysOf(*actor));
  }
  const ChannelKeys keeper = KeysOf(plot.stage.keeper());
  const int round = absl::GetFlag(FLAGS_round);
  const int clients = absl::GetFlag(FLAGS_clients);
  const int first_pupil = round * (clients * kResourcesEach + kErasers);
  Acts acts;
  ErasureLog erasures;
  const auto organisations = [&](int client) {
    return WriteOrganisations(InsistentChannel(absl::GetFlag(FLAGS_partners_address), keeper),
                              absl::StrCat("r", round, "-", client));
  };
  const auto pupils = [&](int client) -> std::unique_ptr<WriteSession> {
    const int school = client % 2;
    return WriteDossiers(ToDossiers(schools[static_cast<size_t>(school)]),
                         PlanOf(school, first_pupil + client * kResourcesEach, plot.year), acts);
  };
  const auto erased = [&](int client) {
    const int school = client % 2;
    return WriteDossiers(ToDossiers(schools[static_cast<size_t>(school)]),
                         PlanOf(school, first_pupil + clients * kResourcesEach + client, plot.year),
                         acts);
  };
  Writers to_partners(organisations, clients / 2, kResourcesEach);
  Writers to_dossiers(pupils, clients - clients / 2, kResourcesEach);
  {
    Erasers erasers(erased, kErasers, absl::StrCat("erase-r", round), erasures);
    const Reader eem(ToDossiers(municipalities[0]), kMunicipalities[0], "regions/16", erasures,
                     acts);
    const Reader utrecht(ToDossiers(municipalities[1]), kMunicipalities[1], "regions/19", erasures,
                         acts);
    rpc::AwaitTermination();
    to_partners.Finish();
    to_dossiers.Finish();
    erasers.Finish();
  }
  Append(to_partners);
  Append(to_dossiers);
  erasures.Write(absl::GetFlag(FLAGS_history));
  AppendActs(acts);
  std::cout << to_partners.repeats() + to_dossiers.repeats() << " repeats\n";
  return absl::OkStatus();
}

// What a killed import had been told is in its journal; only what was answered to this one is
// compared with the audit trail.
absl::Status Import() {
  const int number = absl::GetFlag(FLAGS_import);
  const ChannelKeys school = KeysAt(absl::GetFlag(FLAGS_certificate));
  const DossierPlan dossiers =
      PlanOf(number, 0, story::TransitionYear(base::LocalDay(absl::Now())));
  const int round = absl::GetFlag(FLAGS_round);
  const int rows = absl::GetFlag(FLAGS_import_rows);
  Acts acts;
  Importer importer(ToDossiers(school),
                    {.dossiers = dossiers,
                     .name = absl::StrCat("import-r", round, "-", number),
                     .first_number = 200'000'000 + int64_t{40} * rows * (2 * round + number),
                     .rows = rows,
                     .journal = InHistory(absl::StrCat("import-", number).c_str())},
                    acts);
  const std::string finish = absl::StrCat(absl::GetFlag(FLAGS_history), "/finish");
  const absl::Status sent = importer.Run([&finish] { return std::filesystem::exists(finish); });
  if (!sent.ok()) AppendRow(InHistory("unanswered"), {absl::StrCat("import: ", sent.ToString())});
  for (const std::string& request : importer.refused()) AppendRow(InHistory("gone"), {request});
  const auto session = WriteDossiers(ToDossiers(school), dossiers, acts);
  std::atomic<int64_t> repeats{0};
  for (const auto& [request, id] : importer.made()) {
    const auto value = Insist([&, &id = id] { return session->Read(id); }, repeats);
    AppendRow(InHistory("read"), {id, value.ok() ? *value : value.status().ToString()});
  }
  AppendActs(acts);
  return absl::OkStatus();
}

std::string DigestOf(const dossiers::Dossier& dossier) {
  return base::HexEncode(base::Sha256(dossier.SerializeAsString())).substr(0, 16);
}

absl::Status Compare(story::Plot& plot) {
  VSV_ASSIGN_OR_RETURN(const story::Actor* actor,
                       EnterMunicipality(plot, absl::GetFlag(FLAGS_subscriber)));
  VSV_ASSIGN_OR_RETURN(const story::SyncState state,
                       story::SyncState::Load(absl::GetFlag(FLAGS_state)));
  const std::string path = absl::GetFlag(FLAGS_state);
  const std::string who = path.substr(path.rfind('/') + 1);
  for (const auto& [name, dossier] : state.dossiers())
    AppendRow(InHistory("held"), {who, name, DigestOf(dossier)});
  for (const char* region : {"regions/16", "regions/19"}) {
    dossiers::ListDossiersRequest request;
    request.set_parent(region);
    request.set_page_size(200);
    do {
      VSV_ASSIGN_OR_RETURN(
          const dossiers::ListDossiersResponse page,
          actor->Call<dossiers::ListDossiersResponse>("ListDossiers", request, "rmc"));
      for (const dossiers::Dossier& dossier : page.dossiers())
        AppendRow(InHistory("shown"), {who, dossier.name(), DigestOf(dossier)});
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
  }
  return absl::OkStatus();
}

absl::Status Run(const std::string& command) {
  if (command == "import") return Import();
  VSV_ASSIGN_OR_RETURN(const std::unique_ptr<story::Stage> stage, OpenStage());
  story::Narrator narrator;
  story::Plot plot = PlotOn(narrator, *stage);
  if (command == "prepare") return Prepare(plot);
  if (command == "write") return Write(plot);
  if (command == "compare") return Compare(plot);
  return absl::InvalidArgumentError("the command is prepare, write, import or compare");
}

}  // namespace
}  // namespace vsv::faults

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "The clients of a campaign: vsv-campaign prepare | write | import | compare");
  const std::vector<char*> arguments = absl::ParseCommandLine(argc, argv);
  vsv::rpc::BlockTerminationSignals();
  const absl::Status status = vsv::faults::Run(arguments.size() == 2 ? arguments[1] : "");
  if (status.ok()) return 0;
  std::cerr << "vsv-campaign: " << vsv::story::Told(status) << " " << status.message() << "\n";
  return 1;
}
