// docs/runbooks/restore.md, executed: ./run backup and ./run restore on a running suite of its own.
// What was acknowledged before the time asked for is back, what came later is gone and told, who
// was erased stays erased, every cursor has expired, and a subscriber is as the server again by
// itself.
#include "libs/base/local_date.h"
#include "libs/errors/errors.h"
#include "libs/rpc/status_bridge.h"
#include "libs/testing/status_matchers.h"

#include "vsv/audit/v1/audit_requests.pb.h"
#include "vsv/dossiers/v1/dossier_requests.pb.h"
#include "vsv/dossiers/v1/dossiers_service.grpc.pb.h"
#include "vsv/dossiers/v1/erasure.pb.h"
#include "vsv/dossiers/v1/related_requests.pb.h"
#include "vsv/feed/v1/feed_service.grpc.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

#include "deploy/dev/story/chapters.h"
#include "deploy/dev/story/pupils.h"
#include "deploy/dev/story/sync_state.h"

namespace vsv::story {
namespace {

namespace dossiers = ::vsv::dossiers::v1;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using vsv::testing::HasReason;
using vsv::testing::IsOk;

constexpr char kKeeperOin[] = "00000099000000001000";
constexpr char kSchool[] = "vmbo-de-eemhoek";
constexpr char kTransition[] = "transition";

struct Ended {
  int code = -1;
  std::string output;
};

Ended Shell(const std::string& command) {
  Ended ended;
  FILE* pipe = popen(absl::StrCat(command, " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer = {};
  while (fgets(buffer.data(), buffer.size(), pipe) != nullptr) ended.output += buffer.data();
  ended.code = WEXITSTATUS(pclose(pipe));
  return ended;
}

std::string Utc(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", time, absl::UTCTimeZone());
}

using Held = std::map<std::string, std::string>;  // name -> the dossier, serialized

class Restore : public ::testing::Test {
 protected:
  void SetUp() override {
    chmod(home_.c_str(), 0755);  // PostgreSQL runs as another user
    const Ended up = Run("up --no-build");
    ASSERT_EQ(up.code, 0) << up.output;
    StageOptions options{.home = home_, .source_dir = ".", .register_keeper_oin = kKeeperOin};
    int port = port_base_;
    for (const char* area : {"partners", "programs", "dossiers", "outcomes"}) {
      options.addresses[area] = absl::StrCat("127.0.0.1:", ++port);
    }
    auto stage = Stage::Open(options);
    ASSERT_THAT(stage, IsOk());
    stage_ = *std::move(stage);
    Plot plot{.narrator = narrator_, .stage = *stage_, .today = base::LocalDay(absl::Now())};
    year_ = TransitionYear(plot.today);
    ASSERT_THAT(TellRegister(plot), IsOk());
    const auto school = EnterSchool(plot, kSchool);
    const auto municipality = EnterMunicipality(plot, "gemeente-amersfoort");
    ASSERT_THAT(school, IsOk());
    ASSERT_THAT(municipality, IsOk());
    school_ = *school;
    municipality_ = *municipality;
  }

  void TearDown() override {
    Run("down --wipe");
    std::filesystem::remove_all(home_);
  }

  // On a busy machine the servers may hear of the register late: here that is no reason to refuse.
  Ended Run(const std::string& command, const std::string& settings = "") {
    return Shell(absl::StrCat("VSV_PROJECTION_MAX_AGE=60s ", settings, " VSV_HOME=", home_,
                              " VSV_PORT_BASE=", port_base_, " ./run ", command));
  }

  // A dossier that the municipality may see, as it was acknowledged.
  dossiers::Dossier Create(int pupil) {
    dossiers::CreateDossierRequest request;
    request.set_parent("regions/16");
    dossiers::Dossier& dossier = *request.mutable_dossier();
    dossier.set_pgn(TestPgn(pupil));
    dossier.set_origin(dossiers::ORIGIN_VO_SCHOOL);
    dossier.set_finality(dossiers::FINALITY_FINAL);
    dossier.set_school_year(absl::StrCat(year_ - 1, "-", year_));
    dossier.set_residence_municipality_code("GM0307");
    SetDate(absl::CivilDay(year_, 6, 15), dossier.mutable_due_date());
    dossier.mutable_administrative()->set_given_names("Voorbeeld");
    dossier.mutable_administrative()->set_family_name("Testman");
    SetDate(absl::CivilDay(year_ - 17, 8, 20),
            dossier.mutable_administrative()->mutable_birth_date());
    dossier.mutable_extra_care()->set_home_situation("Lives with her grandmother.");
    const auto made = school_->Call<dossiers::Dossier>("CreateDossier", request, kTransition);
    EXPECT_TRUE(made.ok()) << made.status();
    return made.value_or(dossiers::Dossier());
  }

  absl::StatusOr<dossiers::Dossier> Get(const std::string& name) {
    dossiers::GetDossierRequest request;
    request.set_name(name);
    return school_->Call<dossiers::Dossier>("GetDossier", request, kTransition);
  }

  std::string GiveConsent(const std::string& dossier) {
    dossiers::RecordConsentRequest request;
    request.set_parent(dossier);
    dossiers::Consent& consent = *request.mutable_consent();
    consent.set_category(policy::v1::DATA_CATEGORY_EXTRA_CARE);
    consent.set_recipient(municipality_->name());
    consent.set_purpose(policy::v1::PURPOSE_RMC);
    const absl::CivilDay today = base::LocalDay(absl::Now());
    SetDate(today, consent.mutable_start_date());
    SetDate(today + 365, consent.mutable_end_date());
    SetDate(today, consent.mutable_given_date());
    consent.set_given_by(dossiers::PERSON_PUPIL);
    consent.set_evidence("form of today");
    const auto given = school_->Call<dossiers::Consent>("RecordConsent", request, kTransition);
    EXPECT_TRUE(given.ok()) << given.status();
    return given.ok() ? given->name() : "";
  }

  void Withdraw(const std::string& consent) {
    dossiers::WithdrawConsentRequest request;
    request.set_name(consent);
    EXPECT_THAT(school_->Call<dossiers::Consent>("WithdrawConsent", request, kTransition), IsOk());
  }

  dossiers::EraseDossierResponse Erase(const std::string& dossier) {
    dossiers::EraseDossierRequest request;
    request.set_name(dossier);
    request.set_ground(dossiers::ERASURE_GROUND_REQUEST);
    const auto erased =
        school_->Call<dossiers::EraseDossierResponse>("EraseDossier", request, kTransition);
    EXPECT_TRUE(erased.ok()) << erased.status();
    return erased.value_or(dossiers::EraseDossierResponse());
  }

  // What the database says, past all walls.
  std::string Database(const std::string& sql) {
    const Ended ended = Shell(
        absl::StrCat("PGPASSFILE=", home_, "/secrets/postgres.pgpass psql -X -At -h 127.0.0.1 -p ",
                     port_base_ + 54, " -U postgres -d dossiers -c \"", sql, "\""));
    EXPECT_EQ(ended.code, 0) << ended.output;
    return ended.output.substr(0, ended.output.find('\n'));
  }

  // Of a dossier that was erased after the backup and came back with it: erased again, before
  // anybody saw it.
  void ExpectErasedAgain(const std::string& dossier, int64_t pupils, const std::string& report) {
    EXPECT_THAT(report, HasSubstr("Erasures applied again: 1 "));
    EXPECT_THAT(Get(dossier), HasReason("DOSSIER_NOT_FOUND"));
    const std::string id = dossier.substr(dossier.rfind('/') + 1);
    EXPECT_EQ(Database(absl::StrCat("SELECT count(*) FROM dossiers WHERE id = '", id, "'")), "0");
    EXPECT_EQ(Database(absl::StrCat("SELECT count(*) FROM dossier_sections WHERE dossier_id = '",
                                    id, "'")),
              "0");
    EXPECT_EQ(Database("SELECT count(*) FROM pupils"), std::to_string(pupils));
    EXPECT_EQ(
        Database(absl::StrCat("SELECT count(*) FROM subject_keys WHERE subject_id = '", id, "'")),
        "0")
        << "its audit entries are nobody's";
  }

  // The municipality's sync client, until it has everything of this moment.
  void Sync() {
    const Ended ended = Shell(absl::StrCat(
        std::getenv("VSV_BUILD_DIR"), "/bin/vsv-sync --dossiers_address=127.0.0.1:", port_base_ + 3,
        " --tls_certificate=", municipality_->certificate(),
        ".crt --tls_key=", municipality_->certificate(), ".key --tls_ca=", home_,
        "/pki/ca.crt --regions=16 --state=", State(),
        " --until=", Utc(absl::Now() + absl::Seconds(1))));
    EXPECT_EQ(ended.code, 0) << ended.output;
  }

  std::string State() const { return home_ + "/municipality.state"; }

  Held InState() {
    Held held;
    const absl::StatusOr<SyncState> state = SyncState::Load(State());
    EXPECT_THAT(state, IsOk());
    for (const auto& [name, dossier] : state->dossiers()) held[name] = dossier.SerializeAsString();
    return held;
  }

  Held OnServer() {
    dossiers::ListDossiersRequest request;
    request.set_parent("regions/16");
    const auto page =
        municipality_->Call<dossiers::ListDossiersResponse>("ListDossiers", request, "rmc");
    EXPECT_THAT(page, IsOk());
    Held held;
    for (const dossiers::Dossier& dossier : page->dossiers())
      held[dossier.name()] = dossier.SerializeAsString();
    return held;
  }

  absl::Status WatchFrom(const std::string& cursor) {
    const auto stub = dossiers::DossierService::NewStub(municipality_->channel("dossiers"));
    grpc::ClientContext context;
    context.AddMetadata("vsv-purpose", "rmc");
    dossiers::WatchDossiersRequest request;
    request.add_regions("regions/16");
    request.set_cursor(cursor);
    const auto stream = stub->WatchDossiers(&context, request);
    dossiers::WatchDossiersResponse batch;
    if (stream->Read(&batch)) context.TryCancel();
    return rpc::FromGrpc(stream->Finish());
  }

  // Of all four services.
  std::set<std::string> Epochs() {
    std::set<std::string> epochs;
    for (const char* area : {"partners", "programs", "dossiers", "outcomes"}) {
      grpc::ClientContext context;
      context.AddMetadata("vsv-purpose", "registry");
      feed::v1::GetFeedStatusResponse status;
      EXPECT_THAT(rpc::FromGrpc(feed::v1::FeedService::NewStub(stage_->keeper().channel(area))
                                    ->GetFeedStatus(&context, {}, &status)),
                  IsOk());
      epochs.insert(status.epoch());
    }
    return epochs;
  }

  int AuditEntries(const std::string& dossier) {
    audit::v1::ListAuditEntriesRequest request;
    request.set_subject(dossier);
    const auto page =
        school_->Call<audit::v1::ListAuditEntriesResponse>("ListAuditEntries", request, "audit");
    EXPECT_THAT(page, IsOk());
    return page.ok() ? page->audit_entries_size() : -1;
  }

  // Everything that is known to be wrong is said before anything is touched.
  void ExpectRefusalsOf(const std::string& backup, absl::Time before_it) {
    ExpectRefused("restore", "which backup?");
    ExpectRefused(absl::StrCat("restore ", home_, "/nothing"), "there is no backup");
    ExpectRefused(absl::StrCat("backup ", backup), "is not empty");
    const std::string to = absl::StrCat("restore ", backup, " --to ");
    ExpectRefused(to + Utc(before_it), "before the end of this backup");
    ExpectRefused(to + Utc(absl::Now() + absl::Hours(1)), "in the future");
    ExpectRefused(to + "noon-ish", "is no time");
    const auto damaged = [&](const std::string& edit, const std::string& why) {
      const std::string copy = home_ + "/backups/damaged";
      Shell(
          absl::StrCat("rm -rf ", copy, "; cp -a ", backup, " ", copy, "; cd ", copy, "; ", edit));
      ExpectRefused("restore " + copy, why);
    };
    damaged("rm vsv-backup", "holds no backup that was finished");
    damaged("sed -i s/format=1/format=2/ vsv-backup", "is of another version");
    damaged("sed -i s/keys=./keys=z/ vsv-backup", "are not the keys of this backup");
    damaged("truncate -s 1 data/global/pg_control", "is damaged");
    EXPECT_EQ(Run("status").code, 0);
  }

  // A server that does not start on what was restored: what was there is put back, and runs.
  void ExpectTakenBack(const std::string& backup) {
    const std::string programs = home_ + "/programs";
    const std::string once = absl::StrCat(
        "#!/bin/sh\\n[ -e ", programs, "/failed ] || { touch ", programs,
        "/failed; exit 1; }\\nexec ", std::getenv("VSV_BUILD_DIR"), "/bin/vsv-outcomes \"$@\"\\n");
    const Ended made = Shell(absl::StrCat("mkdir -p ", programs, "/bin && cd ", programs,
                                          "/bin && cp -s \"$VSV_BUILD_DIR\"/bin/* . && ",
                                          "rm vsv-outcomes && printf '", once,
                                          "' >vsv-outcomes && chmod +x vsv-outcomes"));
    ASSERT_EQ(made.code, 0) << made.output;
    const dossiers::Dossier kept = Create(9);
    const Ended failed = Run(absl::StrCat("restore ", backup, " --to ", Utc(absl::Now())),
                             "VSV_BUILD_DIR=" + programs);
    EXPECT_EQ(failed.code, 1);
    EXPECT_THAT(failed.output, HasSubstr("everything runs as before"));
    EXPECT_THAT(Get(kept.name()), IsOk());
    ExpectAuditVerifies("VERIFIED");
  }

  // What is lost is counted, and the withdrawal among it named.
  void ExpectLossTold(const std::string& report, const std::string& consent) {
    EXPECT_THAT(report, ContainsRegex("    dossiers  [1-9]"));
    EXPECT_THAT(report, HasSubstr("    partners  0\n"));
    const std::string named = home_ + "/log/restore/lost-withdrawals";
    EXPECT_THAT(report, HasSubstr(named));
    std::ostringstream lost;
    lost << std::ifstream(named).rdbuf();
    EXPECT_EQ(lost.str(), consent + "\n");
  }

  // By everything that is known outside of the database; `found` is what it says besides.
  void ExpectAuditVerifies(const std::string& found) {
    const Ended verified = Run("audit verify");
    EXPECT_EQ(verified.code, 0) << verified.output;
    EXPECT_THAT(verified.output, ContainsRegex(found));
  }

  void ExpectRefused(const std::string& command, const std::string& why) {
    const Ended ended = Run(command);
    EXPECT_EQ(ended.code, 1) << command;
    EXPECT_THAT(ended.output, HasSubstr(why)) << command;
  }

  // A hundred ports, below those that the kernel gives to clients.
  const int port_base_ = 31'000 + getpid() % 10 * 100;
  const std::string home_ = [] {
    std::string path = "/tmp/vsv-restore-XXXXXX";
    return std::string(mkdtemp(path.data()));
  }();
  Narrator narrator_;
  std::unique_ptr<Stage> stage_;
  const Actor* school_ = nullptr;
  const Actor* municipality_ = nullptr;
  int year_ = 0;
};

TEST_F(Restore, BringsBackWhatWasAcknowledgedAndNothingElse) {
  const std::string backup = home_ + "/backups/one";
  const absl::Time before = absl::Now();
  const dossiers::Dossier in_backup = Create(1);
  const dossiers::Dossier forgotten = Create(4);
  const Ended backed_up = Run("backup " + backup);
  ASSERT_EQ(backed_up.code, 0) << backed_up.output;
  ExpectRefusalsOf(backup, before);
  ExpectTakenBack(backup);

  const dossiers::Dossier in_archive = Create(2);
  const std::string consent = GiveConsent(in_archive.name());
  const std::string content = Get(in_archive.name())->SerializeAsString();
  const int entries = AuditEntries(in_archive.name());
  const std::set<std::string> epochs = Epochs();
  ASSERT_EQ(epochs.size(), 4U);
  const absl::Time target = absl::Now();
  const dossiers::Dossier too_late = Create(3);
  Withdraw(consent);
  EXPECT_TRUE(Erase(forgotten.name()).has_erase_time());
  EXPECT_THAT(Get(forgotten.name()), HasReason("DOSSIER_NOT_FOUND"));
  Sync();
  EXPECT_EQ(InState().count(forgotten.name()), 0U);
  ASSERT_EQ(InState().count(too_late.name()), 1U);
  const std::string cursor = SyncState::Load(State())->cursor();

  const Ended restored = Run(absl::StrCat("restore ", backup, " --to ", Utc(target)));
  ASSERT_EQ(restored.code, 0) << restored.output;
  EXPECT_THAT(Get(in_backup.name()), IsOk());
  const auto back = Get(in_archive.name());
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->SerializeAsString(), content);
  EXPECT_THAT(Get(too_late.name()), HasReason("DOSSIER_NOT_FOUND"));
  ExpectErasedAgain(forgotten.name(), 3, restored.output);
  ExpectLossTold(restored.output, consent);
  // All that was in the trail, the look at it, and the one read since.
  EXPECT_EQ(AuditEntries(in_archive.name()), entries + 2);

  for (const std::string& epoch : Epochs()) EXPECT_FALSE(epochs.contains(epoch));
  const absl::Status expired = WatchFrom(cursor);
  EXPECT_EQ(expired.code(), absl::StatusCode::kOutOfRange);
  EXPECT_THAT(expired, HasReason("CURSOR_EXPIRED"));
  Sync();
  EXPECT_EQ(InState(), OnServer());
  EXPECT_EQ(InState().count(too_late.name()), 0U);
  ExpectAuditVerifies(
      "restored at .*: went on from [1-9][0-9]* entries, [1-9][0-9]* sealed ones were lost");
  EXPECT_THAT(Get(Create(3).name()), IsOk());
}

}  // namespace
}  // namespace vsv::story
