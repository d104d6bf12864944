// Streams that wait, and that read ahead, through a real server.
#include "libs/rpc/watch.h"

#include "libs/errors/errors.h"
#include "libs/rpc/runtime.h"
#include "libs/rpc/status_bridge.h"
#include "libs/testing/eventually.h"
#include "libs/testing/in_process_server.h"

#include "vsv/partners/v1/partners_service.grpc.pb.h"

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace vsv::rpc {
namespace {

namespace pb = ::vsv::partners::v1;
using ::vsv::testing::Eventually;

constexpr char kFollower[] = "follower";
constexpr int kMessages = 5;  // a batch

// Wakes whom the test says, and keeps the first waiter's token back as long as the test wants it.
class Waiting : public WakeSource {
 public:
  void KeepBack(bool kept_back) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      kept_back_ = kept_back;
    }
    changed_.notify_all();
  }

  // The first.
  void Wake() {
    std::function<void()> wake;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      wake = wakes_.front();
    }
    wake();
  }

  size_t begun() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return wakes_.size();
  }

  std::vector<uint64_t> cancelled() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return cancelled_;
  }

  uint64_t Told() const override { return 0; }

  uint64_t Await(uint64_t /*told*/, absl::Time /*at_latest*/, std::function<void()> wake) override {
    std::unique_lock<std::mutex> lock(mutex_);
    const uint64_t token = kToken + wakes_.size();
    wakes_.push_back(std::move(wake));
    changed_.wait(lock, [&] { return !kept_back_ || token > kToken; });
    return token;
  }

  void Cancel(uint64_t token) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    cancelled_.push_back(token);
  }

  static constexpr uint64_t kToken = 7;  // of the first

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool kept_back_ = false;
  std::vector<std::function<void()>> wakes_;
  std::vector<uint64_t> cancelled_;
};

// Batches that say their number, without end unless the test says which is the last; it may hold
// one up or let one fail.
class Batches {
 public:
  static constexpr int kNone = 1 << 30;

  // Batches from this one on are not read before Release.
  void HoldUp(int number) {
    const std::lock_guard<std::mutex> lock(mutex_);
    held_up_ = number;
  }

  void Release() {
    HoldUp(kNone);
    released_.notify_all();
  }

  void FailFrom(int number) {
    const std::lock_guard<std::mutex> lock(mutex_);
    failing_ = number;
  }

  // Messages are larger than what waits between server and client.
  void Enlarge() {
    const std::lock_guard<std::mutex> lock(mutex_);
    filling_ = std::string(size_t{3} << 20, 'x');
  }

  void EndAt(int number) {
    const std::lock_guard<std::mutex> lock(mutex_);
    last_ = number;
  }

  int begun() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return begun_;
  }

  int read() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return read_;
  }

  absl::StatusOr<WatchSource<pb::WatchDirectoryResponse>::Batch> Read() {
    std::unique_lock<std::mutex> lock(mutex_);
    const int number = ++begun_;
    released_.wait(lock, [&] { return number < held_up_; });
    if (number >= failing_) return errors::StateConflict("not this one");
    WatchSource<pb::WatchDirectoryResponse>::Batch batch;
    for (int i = 0; i < kMessages; ++i) {
      pb::WatchDirectoryResponse message;
      message.set_cursor(std::to_string(number));
      if (!filling_.empty()) {
        message.add_changes()->mutable_organisation()->set_display_name(filling_);
      }
      batch.messages.push_back(policy::NoPersonalData(message));
    }
    batch.more = number < last_;
    ++read_;
    return batch;
  }

 private:
  std::mutex mutex_;
  std::condition_variable released_;
  int held_up_ = kNone;
  int failing_ = kNone;
  int last_ = kNone;
  int begun_ = 0;
  int read_ = 0;
  std::string filling_;
};

class Source : public WatchSource<pb::WatchDirectoryResponse> {
 public:
  explicit Source(Batches& batches) : batches_(batches) {}

  absl::StatusOr<Batch> Next(const CallContext& /*call*/) override { return batches_.Read(); }

 private:
  Batches& batches_;
};

class Service final : public pb::PartnersService::CallbackService {
 public:
  Service(Runtime& runtime, Batches& batches, WakeSource& wake)
      : runtime_(runtime), batches_(batches), wake_(wake) {}

  grpc::ServerWriteReactor<pb::WatchDirectoryResponse>* WatchDirectory(
      grpc::CallbackServerContext* context, const pb::WatchDirectoryRequest* request) override {
    return Watch<pb::WatchDirectoryRequest, pb::WatchDirectoryResponse>(
        context, runtime_, wake_, request,
        [this](const CallContext&, const pb::WatchDirectoryRequest&)
            -> absl::StatusOr<std::unique_ptr<WatchSource<pb::WatchDirectoryResponse>>> {
          return std::make_unique<Source>(batches_);
        });
  }

 private:
  Runtime& runtime_;
  Batches& batches_;
  WakeSource& wake_;
};

class WatchTest : public ::testing::Test {
 protected:
  WatchTest()
      : server_("partners", callers_, clock_), service_(server_.runtime(), batches_, waiting_) {
    Register(policy::v1::ROLE_SERVICE);
    server_.Start({&service_});
    stub_ = server_.Stub<pb::PartnersService>();
  }

  ~WatchTest() override {
    batches_.Release();
    waiting_.KeepBack(false);
    if (context_ != nullptr) context_->TryCancel();
    if (stream_ != nullptr) stream_->Finish();
    server_.Stop();
  }

  void Register(policy::v1::Role role) {
    Caller caller;
    caller.organisation_id = kFollower;
    caller.roles = {role};
    callers_.Set(kFollower, caller);
  }

  void Begin() {
    context_ = vsv::testing::InProcessServer::As(kFollower);
    stream_ = stub_->WatchDirectory(context_.get(), pb::WatchDirectoryRequest());
  }

  // All messages of one batch; false when the stream ends before.
  bool ReadBatch(int number) {
    pb::WatchDirectoryResponse message;
    for (int i = 0; i < kMessages; ++i) {
      if (!stream_->Read(&message)) return false;
      EXPECT_EQ(message.cursor(), std::to_string(number));
    }
    return true;
  }

  // The reason with which the stream ends, at the next message.
  std::string End() {
    pb::WatchDirectoryResponse message;
    EXPECT_FALSE(stream_->Read(&message)) << message.cursor();
    return std::string(errors::ReasonOf(FromGrpc(std::exchange(stream_, nullptr)->Finish())));
  }

  vsv::testing::FakeCallers callers_;
  base::SystemClock clock_;
  vsv::testing::InProcessServer server_;
  Batches batches_;
  Waiting waiting_;
  Service service_;
  std::unique_ptr<pb::PartnersService::Stub> stub_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReader<pb::WatchDirectoryResponse>> stream_;
};

using ReadAheadTest = WatchTest;

TEST_F(ReadAheadTest, ReadsTheNextBatchBeforeThisOneIsTaken) {
  Begin();
  EXPECT_TRUE(Eventually([&] { return batches_.read() >= 2; }));
  for (int number = 1; number <= 20; ++number) ASSERT_TRUE(ReadBatch(number));
}

TEST_F(ReadAheadTest, ReadsOneBatchAheadOfAReaderThatIsSlow) {
  Begin();
  EXPECT_TRUE(Eventually([&] { return batches_.read() >= 2; }));
  absl::SleepFor(absl::Milliseconds(100));
  EXPECT_EQ(batches_.begun(), 2);
}

// What comes next holds up nothing that is there, and is not sent before it is there.
TEST_F(ReadAheadTest, SendsWhatItHasWhileTheNextBatchIsRead) {
  batches_.HoldUp(2);
  Begin();
  ASSERT_TRUE(ReadBatch(1));
  EXPECT_TRUE(Eventually([&] { return batches_.begun() == 2; }));
  EXPECT_EQ(batches_.read(), 1);
  batches_.Release();
  ASSERT_TRUE(ReadBatch(2));
}

TEST_F(ReadAheadTest, EndsWithAFailureBehindWhatWasReadBeforeIt) {
  batches_.FailFrom(2);
  Begin();
  EXPECT_TRUE(Eventually([&] { return batches_.begun() == 2; }));
  ASSERT_TRUE(ReadBatch(1));
  EXPECT_EQ(End(), "STATE_CONFLICT");
}

TEST_F(ReadAheadTest, SendsWhatWasReadAheadToNobodyWhoWasSuspendedMeanwhile) {
  Begin();
  EXPECT_TRUE(Eventually([&] { return batches_.read() == 2; }));
  Register(policy::v1::ROLE_SCHOOL);
  pb::WatchDirectoryResponse message;
  while (stream_->Read(&message)) EXPECT_EQ(message.cursor(), "1");
  EXPECT_EQ(End(), "ROLE_REQUIRED");
}

TEST_F(ReadAheadTest, SendsWhatIsLeftOfABatchToNobodyWhoWasSuspendedMeanwhile) {
  batches_.Enlarge();
  batches_.EndAt(1);
  Begin();
  pb::WatchDirectoryResponse message;
  ASSERT_TRUE(stream_->Read(&message));
  Register(policy::v1::ROLE_SCHOOL);
  int more = 0;
  while (stream_->Read(&message)) ++more;
  EXPECT_LT(more, kMessages - 1);
  EXPECT_EQ(End(), "ROLE_REQUIRED");
}

TEST_F(ReadAheadTest, EndsForADrainWhenWhatIsUnderWayHasEnded) {
  batches_.HoldUp(2);
  Begin();
  ASSERT_TRUE(ReadBatch(1));
  EXPECT_TRUE(Eventually([&] { return batches_.begun() == 2; }));
  server_.runtime().Drain();
  batches_.Release();
  EXPECT_EQ(End(), "SHUTTING_DOWN");
}

TEST_F(ReadAheadTest, OutlivesAClientThatLeavesWhileItReads) {
  batches_.HoldUp(2);
  Begin();
  ASSERT_TRUE(ReadBatch(1));
  EXPECT_TRUE(Eventually([&] { return batches_.begun() == 2; }));
  context_->TryCancel();
  batches_.Release();
  EXPECT_EQ(std::exchange(stream_, nullptr)->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(Eventually([&] { return batches_.read() >= 2; }));
}

// Streams, more of an organisation than it may have open.
class BoundTest : public WatchTest {
 protected:
  using Stream = grpc::ClientReader<pb::WatchDirectoryResponse>;

  BoundTest() {
    batches_.EndAt(1);
    Caller other;
    other.organisation_id = kOther;
    other.roles = {policy::v1::ROLE_SERVICE};
    callers_.Set(kOther, other);
  }

  ~BoundTest() override {
    for (const auto& context : contexts_) context->TryCancel();
    for (const auto& stream : streams_) stream->Finish();
  }

  // "" when it is followed, or the reason of its refusal.
  std::string Open(const std::string& organisation) {
    auto context = vsv::testing::InProcessServer::As(organisation);
    auto stream = stub_->WatchDirectory(context.get(), pb::WatchDirectoryRequest());
    pb::WatchDirectoryResponse message;
    if (!stream->Read(&message)) {
      refusal_ = FromGrpc(stream->Finish());
      return errors::ReasonOf(refusal_);
    }
    contexts_.push_back(std::move(context));
    streams_.push_back(std::move(stream));
    return "";
  }

  // As many as there may be.
  void Fill() {
    for (int i = 0; i < kBound; ++i) ASSERT_EQ(Open(kFollower), "") << i;
  }

  static constexpr char kOther[] = "other";
  static constexpr int kBound = 16;  // of --streams_per_organisation
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts_;
  std::vector<std::unique_ptr<Stream>> streams_;
  absl::Status refusal_;
};

TEST_F(BoundTest, RefusesAnOrganisationMoreStreamsThanItMayHoldAndNobodyElse) {
  Fill();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Open(kFollower), "TOO_MANY_STREAMS");
  EXPECT_EQ(refusal_.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_NE(std::string(refusal_.message()).find("16"), std::string::npos) << refusal_;
  EXPECT_EQ(Open(kOther), "");
}

TEST_F(BoundTest, GivesThePlaceOfAStreamThatEndedToTheNext) {
  Fill();
  contexts_.back()->TryCancel();
  streams_.back()->Finish();
  contexts_.pop_back();
  streams_.pop_back();
  EXPECT_TRUE(Eventually([&] { return Open(kFollower).empty(); }));
  EXPECT_EQ(Open(kFollower), "TOO_MANY_STREAMS");
}

TEST_F(BoundTest, KeepsNoPlaceForAStreamThatIsRefusedFailsOrIsGivenUpAtOnce) {
  Register(policy::v1::ROLE_SCHOOL);
  for (int i = 0; i < 2 * kBound; ++i) EXPECT_EQ(Open(kFollower), "ROLE_REQUIRED");
  Register(policy::v1::ROLE_SERVICE);
  batches_.FailFrom(1);
  for (int i = 0; i < 2 * kBound; ++i) EXPECT_EQ(Open(kFollower), "STATE_CONFLICT");
  batches_.FailFrom(Batches::kNone);
  for (int i = 0; i < 2 * kBound; ++i) {
    const auto context = vsv::testing::InProcessServer::As(kFollower);
    const auto stream = stub_->WatchDirectory(context.get(), pb::WatchDirectoryRequest());
    context->TryCancel();
    stream->Finish();
  }
  for (int i = 0; i < kBound; ++i) {
    EXPECT_TRUE(Eventually([&] { return Open(kFollower).empty(); })) << i;
  }
  EXPECT_EQ(Open(kFollower), "TOO_MANY_STREAMS");
}

// Its end comes before the token of its wait: it cancels none then, and that one when it is told.
TEST_F(WatchTest, ForgetsTheWaitOfAClientThatLeavesAsItBegins) {
  waiting_.KeepBack(true);
  batches_.EndAt(1);
  Begin();
  ASSERT_TRUE(ReadBatch(1));
  EXPECT_TRUE(Eventually([&] { return waiting_.begun() == 1; }));
  context_->TryCancel();
  EXPECT_TRUE(Eventually([&] { return waiting_.cancelled() == std::vector<uint64_t>{0}; }));
  waiting_.KeepBack(false);
  EXPECT_TRUE(Eventually([&] {
    return waiting_.cancelled() == std::vector<uint64_t>{0, Waiting::kToken};
  }));
}

// The token of a wait comes when that has ended and the next one has begun, which the client then
// leaves.
TEST_F(WatchTest, ForgetsTheLastWaitAlthoughTheTokenOfTheOneBeforeComesLater) {
  waiting_.KeepBack(true);
  batches_.EndAt(1);
  Begin();
  ASSERT_TRUE(ReadBatch(1));
  EXPECT_TRUE(Eventually([&] { return waiting_.begun() == 1; }));
  waiting_.Wake();
  ASSERT_TRUE(ReadBatch(2));
  EXPECT_TRUE(Eventually([&] { return waiting_.begun() == 2; }));
  waiting_.KeepBack(false);
  absl::SleepFor(absl::Milliseconds(50));  // nothing tells when the stream has noted it
  context_->TryCancel();
  EXPECT_TRUE(Eventually([&] {
    const std::vector<uint64_t> cancelled = waiting_.cancelled();
    return !cancelled.empty() && cancelled.back() == Waiting::kToken + 1;
  }));
}

}  // namespace
}  // namespace vsv::rpc
