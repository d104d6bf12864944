#include "libs/base/status_macros.h"

#include "vsv/dossiers/v1/dossier_requests.pb.h"
#include "vsv/dossiers/v1/related_requests.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include <cstdio>
#include <map>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "deploy/dev/story/chapters.h"
#include "deploy/dev/story/sync_state.h"

namespace vsv::story {
namespace {

namespace dossiers = ::vsv::dossiers::v1;

constexpr char kRmc[] = "rmc";
constexpr absl::Duration kPatience = absl::Seconds(30);

// The sync client as a process of its own, so that it can really be killed.
class SyncProcess {
 public:
  SyncProcess(const Plot& plot, const Actor& municipality)
      : address_(plot.stage.options().addresses.at("dossiers")),
        certificate_(municipality.certificate()),
        ca_(absl::StrCat(plot.stage.options().home, "/pki/ca.crt")),
        state_(absl::StrCat(plot.stage.options().home, "/sync-", municipality.id(), ".state")) {
    std::remove(state_.c_str());
  }

  ~SyncProcess() { Kill(); }

  const std::string& state() const { return state_; }

  void Start(absl::Time until, absl::Duration pause) {
    std::vector<std::string> command = {
        absl::StrCat(OwnDirectory(), "/vsv-sync"),
        absl::StrCat("--dossiers_address=", address_),
        absl::StrCat("--tls_certificate=", certificate_, ".crt"),
        absl::StrCat("--tls_key=", certificate_, ".key"),
        absl::StrCat("--tls_ca=", ca_),
        "--regions=16,19",
        "--purpose=rmc",
        absl::StrCat("--state=", state_),
        absl::StrCat("--pause=", absl::FormatDuration(pause)),
        absl::StrCat("--until=", absl::FormatTime(absl::RFC3339_full, until, absl::UTCTimeZone()))};
    child_ = fork();
    if (child_ != 0) return;
    std::vector<char*> arguments;
    for (std::string& part : command) arguments.push_back(part.data());
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(127);
  }

  // kill -9: no goodbye, whatever it is doing.
  void Kill() {
    if (child_ <= 0) return;
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
    child_ = 0;
  }

  absl::Status AwaitEnd() {
    const absl::Time patience = absl::Now() + kPatience;
    int status = 0;
    while (waitpid(child_, &status, WNOHANG) == 0) {
      if (absl::Now() > patience)
        return absl::DeadlineExceededError("the sync client did not catch up");
      absl::SleepFor(absl::Milliseconds(50));
    }
    child_ = 0;
    return status == 0 ? absl::OkStatus() : absl::FailedPreconditionError("the sync client failed");
  }

 private:
  static std::string OwnDirectory() {
    char path[4096];
    const ssize_t length = readlink("/proc/self/exe", path, sizeof(path));
    const std::string self(path, length > 0 ? static_cast<size_t>(length) : 0);
    return self.substr(0, self.rfind('/'));
  }

  const std::string address_;
  const std::string certificate_;
  const std::string ca_;
  const std::string state_;
  pid_t child_ = 0;
};

using Held = std::map<std::string, std::string>;  // name -> the dossier, serialized

// Audit of reading aside, what the server shows the municipality by its lists.
absl::StatusOr<Held> OnServer(const Actor& municipality) {
  Held held;
  for (const char* region : {"regions/16", "regions/19"}) {
    dossiers::ListDossiersRequest request;
    request.set_parent(region);
    request.set_page_size(200);
    do {
      VSV_ASSIGN_OR_RETURN(
          const dossiers::ListDossiersResponse page,
          municipality.Call<dossiers::ListDossiersResponse>("ListDossiers", request, kRmc));
      for (const dossiers::Dossier& dossier : page.dossiers())
        held[dossier.name()] = dossier.SerializeAsString();
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
  }
  return held;
}

Held InState(const SyncState& state) {
  Held held;
  for (const auto& [name, dossier] : state.dossiers()) held[name] = dossier.SerializeAsString();
  return held;
}

int Differences(const Held& left, const Held& right) {
  int different = 0;
  for (const auto& [name, dossier] : left) {
    const auto found = right.find(name);
    if (found == right.end() || found->second != dossier) ++different;
  }
  for (const auto& [name, dossier] : right) different += left.contains(name) ? 0 : 1;
  return different;
}

absl::Status TellKilledAndResumed(Plot& plot, const Actor& municipality, SyncProcess& sync) {
  VSV_ASSIGN_OR_RETURN(const Held server, OnServer(municipality));
  sync.Start(absl::InfiniteFuture(), absl::Milliseconds(100));
  const absl::Time patience = absl::Now() + kPatience;
  size_t held = 0;
  while (held == 0 && absl::Now() < patience) {
    absl::SleepFor(absl::Milliseconds(20));
    VSV_ASSIGN_OR_RETURN(const SyncState state, SyncState::Load(sync.state()));
    held = state.dossiers().size();
  }
  sync.Kill();
  VSV_RETURN_IF_ERROR(
      plot.narrator.Step(held > 0 && held < server.size(), municipality.id(),
                         "WatchDossiers, killed by kill -9 in the middle",
                         absl::StrCat("holds ", held, " of ", server.size(), " dossiers")));
  sync.Start(absl::Now() + absl::Seconds(1), absl::ZeroDuration());
  VSV_RETURN_IF_ERROR(sync.AwaitEnd());
  VSV_ASSIGN_OR_RETURN(const SyncState state, SyncState::Load(sync.state()));
  const int different = Differences(InState(state), server);
  return plot.narrator.Step(different == 0, municipality.id(),
                            "WatchDossiers, resumed from its cursor",
                            absl::StrCat("holds ", state.dossiers().size(), " dossiers, ",
                                         different, " differ from the server"));
}

absl::Status TellWithdrawal(Plot& plot, const Actor& municipality, SyncProcess& sync) {
  VSV_ASSIGN_OR_RETURN(const SyncState before, SyncState::Load(sync.state()));
  const auto held = before.dossiers().find(plot.dossier);
  const bool had = held != before.dossiers().end() && held->second.has_extra_care();
  VSV_RETURN_IF_ERROR(plot.narrator.Step(had, municipality.id(),
                                         "holds the extra care data of the followed pupil",
                                         had ? "yes, on consent" : "no"));
  const Actor& school = *plot.schools.at("vmbo-de-eemhoek");
  for (const std::string& consent : {plot.municipality_consent, plot.mbo_consent}) {
    dossiers::WithdrawConsentRequest withdraw;
    withdraw.set_name(consent);
    const absl::StatusOr<dossiers::Consent> withdrawn =
        school.Call<dossiers::Consent>("WithdrawConsent", withdraw, "transition");
    VSV_RETURN_IF_ERROR(plot.narrator.Step(withdrawn.ok(), school.id(),
                                           "WithdrawConsent: the pupil takes it back",
                                           Told(withdrawn.status())));
  }
  sync.Start(absl::Now() + absl::Seconds(1), absl::ZeroDuration());
  VSV_RETURN_IF_ERROR(sync.AwaitEnd());
  VSV_ASSIGN_OR_RETURN(const SyncState after, SyncState::Load(sync.state()));
  const auto left = after.dossiers().find(plot.dossier);
  const bool kept = left != after.dossiers().end() && !left->second.has_extra_care();
  VSV_RETURN_IF_ERROR(
      plot.narrator.Step(kept, municipality.id(), "tombstone for what it held on consent",
                         kept ? "extra care data deleted, process facts kept" : "still held"));
  VSV_ASSIGN_OR_RETURN(const Held server, OnServer(municipality));
  const int different = Differences(InState(after), server);
  VSV_RETURN_IF_ERROR(plot.narrator.Step(
      different == 0, municipality.id(), "compare with the server again",
      absl::StrCat(after.dossiers().size(), " dossiers, ", different, " differ")));
  dossiers::GetDossierRequest get;
  get.set_name(plot.dossier);
  const Actor& mbo = *plot.mbos.at("rocmn-techniek-utrecht");
  VSV_ASSIGN_OR_RETURN(const dossiers::Dossier seen,
                       mbo.Call<dossiers::Dossier>("GetDossier", get, "transition"));
  return plot.narrator.Step(!seen.has_extra_care() && seen.has_support(), mbo.id(),
                            "GetDossier after the withdrawal",
                            "the legal data set, without extra care data");
}

}  // namespace

absl::Status TellSync(Plot& plot) {
  plot.narrator.Chapter(4, "the change feed: a municipality that syncs");
  VSV_ASSIGN_OR_RETURN(const Actor* municipality, EnterMunicipality(plot, "gemeente-amersfoort"));
  SyncProcess sync(plot, *municipality);
  VSV_RETURN_IF_ERROR(TellKilledAndResumed(plot, *municipality, sync));
  return TellWithdrawal(plot, *municipality, sync);
}

}  // namespace vsv::story
