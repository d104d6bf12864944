#include "tests/faults/load.h"

#include "libs/base/clock.h"
#include "libs/base/uuid.h"
#include "libs/rpc/dynamic_call.h"

#include "vsv/dossiers/v1/dossier_requests.pb.h"
#include "vsv/dossiers/v1/erasure.pb.h"
#include "vsv/dossiers/v1/related_requests.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/impl/codegen/proto_utils.h"

#include <algorithm>
#include <utility>

#include "deploy/dev/story/pupils.h"

namespace vsv::faults {
namespace {

namespace dossiers = ::vsv::dossiers::v1;

constexpr int kBatch = 200;
constexpr double kTakingBackRate = 10;
constexpr size_t kErasedOneIn = 5;
// As much as the others under overload have: with more they would be taken whatever they are.
constexpr absl::Duration kTakingBackTime = absl::Seconds(1);
// What is beyond is not begun: the clients of one machine have an end too.
constexpr int64_t kMostInFlight = 20'000;
constexpr absl::Duration kStep = absl::Milliseconds(2);
constexpr absl::Duration kLongestBurst = absl::Milliseconds(50);

const base::Clock& SystemTime() {
  static const base::SystemClock clock;
  return clock;
}

dossiers::CreateDossierRequest Creation(const std::string& parent, int pupil, int year) {
  dossiers::CreateDossierRequest request;
  request.set_parent(parent);
  request.set_request_id(base::NewUuidV7(SystemTime()));
  dossiers::Dossier& dossier = *request.mutable_dossier();
  dossier.set_pgn(story::TestPgn(pupil));
  dossier.set_origin(dossiers::ORIGIN_VO_SCHOOL);
  dossier.set_finality(dossiers::FINALITY_FINAL);
  dossier.set_school_year(absl::StrCat(year - 1, "-", year));
  dossier.set_residence_municipality_code("GM0307");
  story::SetDate(absl::CivilDay(year, 6, 15), dossier.mutable_due_date());
  dossier.mutable_administrative()->set_given_names("Voorbeeld");
  dossier.mutable_administrative()->set_family_name("Testman");
  story::SetDate(absl::CivilDay(year - 17, 8, 20),
                 dossier.mutable_administrative()->mutable_birth_date());
  return request;
}

Ending EndingOf(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::OK:
      return Ending::kDone;
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return Ending::kShed;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return Ending::kLate;
    default:
      return Ending::kFailed;
  }
}

}  // namespace

struct Load::Call {
  grpc::ClientContext context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer reply;
};

Load::Load(std::vector<std::shared_ptr<grpc::Channel>> channels, std::string region, uint64_t seed)
    : channels_(std::move(channels)), parent_(absl::StrCat("regions/", region)), random_(seed) {}

Load::~Load() {
  AwaitAnswers();
}

void Load::AwaitAnswers() const {
  while (in_flight_ > 0) absl::SleepFor(kStep);
}

// splitmix64: many threads draw.
uint64_t Load::Draw(uint64_t below) {
  uint64_t x = random_.fetch_add(0x9e3779b97f4a7c15);
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return (x ^ (x >> 31)) % below;
}

absl::Status Load::MakeDossiers(int updated, int taken_back, int first_pupil, int year) {
  const auto method = rpc::FindMethod("BatchCreateDossiers");
  if (!method.ok()) return method.status();
  for (int made = 0; made < updated + taken_back;) {
    dossiers::BatchCreateDossiersRequest request;
    request.set_parent(parent_);
    for (int i = 0; i < kBatch && made < updated + taken_back; ++i, ++made)
      *request.add_requests() = Creation(parent_, first_pupil + made, year);
    const auto reply = rpc::CallUnary(channels_[0], **method, request,
                                      {{"vsv-purpose", "transition"}}, absl::Seconds(20));
    if (!reply.ok()) return reply.status();
    for (const auto& verdict :
         static_cast<const dossiers::BatchCreateDossiersResponse&>(**reply).verdicts()) {
      if (!verdict.has_dossier()) return absl::InternalError(verdict.ShortDebugString());
      std::vector<std::string>& names =
          updated_.size() < static_cast<size_t>(updated) ? updated_ : to_take_back_;
      names.push_back(verdict.dossier().name());
    }
  }
  return absl::OkStatus();
}

void Load::Count(const grpc::Status& status, Phase begun_in, bool takes_back, absl::Duration took) {
  const std::lock_guard<std::mutex> lock(mutex_);
  seconds_.End(begun_in, takes_back, EndingOf(status.error_code()));
  if (takes_back && !status.ok()) {
    lost_.push_back(absl::StrCat(absl::FormatDuration(took), ": ", status.error_code(), " ",
                                 status.error_message()));
  }
}

void Load::Begin(const char* method, const google::protobuf::Message& request,
                 absl::Duration deadline, bool takes_back, std::function<void()> then) {
  auto call = std::make_shared<Call>();
  call->context.set_deadline(absl::ToChronoTime(absl::Now() + deadline));
  call->context.AddMetadata("vsv-purpose", "transition");
  const std::string bytes = request.SerializeAsString();
  grpc::Slice slice(bytes);
  call->request = grpc::ByteBuffer(&slice, 1);
  ++in_flight_;
  const Phase phase = [&] {
    const std::lock_guard<std::mutex> lock(mutex_);
    return seconds_.Begin(takes_back);
  }();
  grpc::GenericStub stub(channels_[next_channel_++ % channels_.size()]);
  stub.UnaryCall(&call->context, method, grpc::StubOptions(), &call->request, &call->reply,
                 [this, call, phase, takes_back, then = std::move(then),
                  begun = absl::Now()](const grpc::Status& status) {
                   Count(status, phase, takes_back, absl::Now() - begun);
                   if (then) then();
                   --in_flight_;
                 });
}

void Load::BeginUpdate(absl::Duration deadline, std::function<void()> then) {
  dossiers::UpdateDossierRequest request;
  request.mutable_dossier()->set_name(updated_[Draw(updated_.size())]);
  request.mutable_dossier()->mutable_career()->set_study_choice(
      absl::StrCat("course ", Draw(1'000'000)));
  request.mutable_update_mask()->add_paths("career");
  request.set_request_id(base::NewUuidV7(SystemTime()));
  Begin("/vsv.dossiers.v1.DossierService/UpdateDossier", request, deadline, false, std::move(then));
}

void Load::BeginTakingBack() {
  if (to_take_back_.empty()) return;
  const std::string name = to_take_back_.back();
  to_take_back_.pop_back();
  const std::string request_id = base::NewUuidV7(SystemTime());
  if (to_take_back_.size() % kErasedOneIn == 0) {
    dossiers::EraseDossierRequest request;
    request.set_name(name);
    request.set_ground(dossiers::ERASURE_GROUND_REQUEST);
    request.set_request_id(request_id);
    return Begin("/vsv.dossiers.v1.ErasureService/EraseDossier", request, kTakingBackTime, true,
                 nullptr);
  }
  dossiers::WithdrawDossierRequest request;
  request.set_name(name);
  request.set_request_id(request_id);
  Begin("/vsv.dossiers.v1.TransferService/WithdrawDossier", request, kTakingBackTime, true,
        nullptr);
}

void Load::Pass(Phase phase, absl::Duration time, const std::function<void(absl::Duration)>& each) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    seconds_.Enter(phase);
  }
  const absl::Time start = absl::Now();
  const int64_t seconds = absl::ToInt64Seconds(time);
  int64_t closed = 0;
  double taken_back = 0;
  while (closed < seconds) {
    const absl::Duration passed = absl::Now() - start;
    each(passed);
    for (; taken_back < kTakingBackRate * absl::ToDoubleSeconds(passed); ++taken_back)
      BeginTakingBack();
    absl::SleepFor(kStep);
    if (absl::ToInt64Seconds(absl::Now() - start) == closed) continue;
    ++closed;
    const std::lock_guard<std::mutex> lock(mutex_);
    seconds_.Close();
  }
}

void Load::Closed(int callers, absl::Duration time, absl::Duration deadline) {
  looping_ = true;
  // Held by the calls in flight; the destructor waits for them.
  const auto again = std::make_shared<std::function<void()>>();
  *again = [this, deadline, weak = std::weak_ptr<std::function<void()>>(again)] {
    const auto next = weak.lock();
    if (looping_ && next) BeginUpdate(deadline, [next] { (*next)(); });
  };
  for (int i = 0; i < callers; ++i) (*again)();
  Pass(Phase::kPeak, time, [](absl::Duration) {});
  looping_ = false;
  AwaitAnswers();
}

void Load::Open(Phase phase, double rate, absl::Duration time, absl::Duration least,
                absl::Duration most) {
  double begun = 0;
  const auto spread = static_cast<uint64_t>(absl::ToInt64Microseconds(most - least)) + 1;
  Pass(phase, time, [&](absl::Duration passed) {
    const double seconds = absl::ToDoubleSeconds(passed);
    // What the client itself is late with is not offered: a burst would be another load.
    begun = std::max(begun, rate * (seconds - absl::ToDoubleSeconds(kLongestBurst)));
    for (; begun < rate * seconds && in_flight_ < kMostInFlight; ++begun)
      BeginUpdate(least + absl::Microseconds(static_cast<int64_t>(Draw(spread))), nullptr);
  });
}

std::vector<LoadSecond> Load::seconds() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return seconds_.Closed();
}

std::vector<std::string> Load::lost() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return lost_;
}

}  // namespace vsv::faults
