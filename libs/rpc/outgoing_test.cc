// Calls of another server, by threads that wait.
#include "libs/rpc/outgoing.h"

#include "libs/rpc/test_peer.h"
#include "libs/testing/eventually.h"

#include "vsv/partners/v1/partners_service.grpc.pb.h"

#include "absl/time/clock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace vsv::rpc {
namespace {

namespace pb = ::vsv::partners::v1;
using ::vsv::testing::Eventually;

// Says its messages, and then nothing until its caller leaves; ends at once when it is to.
class Saying final : public grpc::ServerWriteReactor<pb::WatchDirectoryResponse> {
 public:
  Saying(int messages, bool ends) : left_(messages), ends_(ends) { Next(); }

  void OnWriteDone(bool /*ok*/) override { Next(); }

  void OnCancel() override {
    if (!ends_) Finish(grpc::Status::CANCELLED);
  }

  void OnDone() override { const std::unique_ptr<Saying> self(this); }

 private:
  void Next() {
    if (left_ > 0) {
      message_.set_cursor(std::to_string(left_--));
      StartWrite(&message_);
    } else if (ends_) {
      Finish(grpc::Status(grpc::StatusCode::ABORTED, "said all"));
    }
  }

  pb::WatchDirectoryResponse message_;
  int left_;
  const bool ends_;
};

// A cursor of a request says how many messages there are; with "ends" before it, the stream ends
// behind them. A gRPC server with nothing of ours: who polls for it are gRPC's own threads alone.
class Partners final : public pb::PartnersService::CallbackService {
 public:
  Partners() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    stub_ = pb::PartnersService::NewStub(grpc::CreateChannel("127.0.0.1:" + std::to_string(port_),
                                                             grpc::InsecureChannelCredentials()));
  }

  ~Partners() override {
    Release();
    server_->Shutdown();
  }

  int port() const { return port_; }

  pb::PartnersService::Stub& stub() { return *stub_; }

  int held_up() const { return held_up_; }

  // Those who look at calls, and are held up by them.
  void Release() {
    const std::lock_guard<std::mutex> lock(mutex_);
    released_ = true;
    changed_.notify_all();
  }

  grpc::ServerWriteReactor<pb::WatchDirectoryResponse>* WatchDirectory(
      grpc::CallbackServerContext* /*context*/, const pb::WatchDirectoryRequest* request) override {
    const bool ends = request->cursor().starts_with("ends");
    return std::make_unique<Saying>(std::stoi(request->cursor().substr(ends ? 4 : 0)), ends)
        .release();
  }

  grpc::ServerUnaryReactor* GetOrganisation(grpc::CallbackServerContext* context,
                                            const pb::GetOrganisationRequest* request,
                                            pb::Organisation* response) override {
    if (request->name() == "hold up") {
      std::unique_lock<std::mutex> lock(mutex_);
      ++held_up_;
      changed_.wait(lock, [this] { return released_; });
    }
    response->set_name(request->name());
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(request->name().empty() ? grpc::Status(grpc::StatusCode::NOT_FOUND, "nobody")
                                            : grpc::Status::OK);
    return reactor;
  }

 private:
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<pb::PartnersService::Stub> stub_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool released_ = false;  // guarded by mutex_
  std::atomic<int> held_up_{0};
};

class Watching {
 public:
  Watching(Partners& partners, const std::string& cursor,
           std::chrono::milliseconds patience = std::chrono::seconds(10))
      : request_(RequestFrom(cursor)),
        reader_(
            std::make_unique<grpc::ClientContext>(),
            [&partners, this](grpc::ClientContext* context, auto* reactor) {
              partners.stub().async()->WatchDirectory(context, &request_, reactor);
            },
            patience) {}

  StreamReader<pb::WatchDirectoryResponse>* operator->() { return &reader_; }

 private:
  static pb::WatchDirectoryRequest RequestFrom(const std::string& cursor) {
    pb::WatchDirectoryRequest request;
    request.set_cursor(cursor);
    return request;
  }

  const pb::WatchDirectoryRequest request_;
  StreamReader<pb::WatchDirectoryResponse> reader_;
};

grpc::Status Get(Partners& partners, const std::string& name, pb::Organisation& reply) {
  grpc::ClientContext context;
  pb::GetOrganisationRequest request;
  request.set_name(name);
  return AwaitReply([&](auto done) {
    partners.stub().async()->GetOrganisation(&context, &request, &reply, std::move(done));
  });
}

TEST(Outgoing, AReplyAndARefusalAreWaitedFor) {
  Partners partners;
  pb::Organisation reply;
  EXPECT_TRUE(Get(partners, "organisations/1", reply).ok());
  EXPECT_EQ(reply.name(), "organisations/1");
  EXPECT_EQ(Get(partners, "", reply).error_message(), "nobody");
}

TEST(Outgoing, AStreamIsReadToItsEndAndSaysWhyItEnded) {
  Partners partners;
  Watching watching(partners, "ends3");
  pb::WatchDirectoryResponse message;
  for (const char* const cursor : {"3", "2", "1"}) {
    ASSERT_TRUE(watching->Read(&message));
    EXPECT_EQ(message.cursor(), cursor);
  }
  EXPECT_FALSE(watching->Read(&message));
  EXPECT_FALSE(watching->Read(&message)) << "nor is there one later";
  EXPECT_EQ(watching->Finish().error_message(), "said all");
  EXPECT_FALSE(watching->Read(&message));
}

TEST(Outgoing, ACancelledStreamEndsForWhoWaitsForIt) {
  Partners partners;
  Watching watching(partners, "1");
  pb::WatchDirectoryResponse message;
  ASSERT_TRUE(watching->Read(&message));
  std::thread canceller([&watching] {
    absl::SleepFor(absl::Milliseconds(50));
    watching->Cancel();
  });
  EXPECT_FALSE(watching->Read(&message));
  canceller.join();
  EXPECT_EQ(watching->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST(Outgoing, AServerThatIsThereAndSaysNothingIsGivenUp) {
  Partners partners;
  pb::Organisation reply;  // so that it is the silence that is waited for, and no connection
  ASSERT_TRUE(Get(partners, "organisations/1", reply).ok());
  Watching watching(partners, "1", std::chrono::seconds(2));
  pb::WatchDirectoryResponse message;
  ASSERT_TRUE(watching->Read(&message));
  EXPECT_FALSE(watching->Read(&message));
  EXPECT_EQ(watching->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST(Outgoing, AStreamThatIsLeftEnds) {
  Partners partners;
  const Watching unread(partners, "9");
  Watching half_read(partners, "9");
  pb::WatchDirectoryResponse message;
  EXPECT_TRUE(half_read->Read(&message));
}

// Threads in which gRPC looks at calls.
int Lookers() {
  int lookers = 0;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    std::string name;
    std::getline(std::ifstream(task.path() / "comm"), name);
    if (name == "nexting_thread") ++lookers;
  }
  return lookers;
}

// Calls of which each holds up one who looks at calls, until all are.
class HoldingUp {
 public:
  explicit HoldingUp(Partners& partners) : partners_(partners) { request_.set_name("hold up"); }

  // gRPC's threads come up one after the other: all there are, and no more a while later.
  bool HoldAll() {
    return Eventually([this] {
      if (!HoldThoseThereAre()) return false;
      absl::SleepFor(absl::Milliseconds(100));
      return HoldThoseThereAre();
    });
  }

  bool AllAnswered() const { return answered_ == static_cast<int>(calls_.size()); }

 private:
  struct Call {
    grpc::ClientContext context;
    pb::Organisation reply;
  };

  bool HoldThoseThereAre() {
    const int lookers = Lookers();
    while (static_cast<int>(calls_.size()) < lookers) {
      Call& call = *calls_.emplace_back(std::make_unique<Call>());
      partners_.stub().async()->GetOrganisation(&call.context, &request_, &call.reply,
                                                [this](const grpc::Status&) { ++answered_; });
    }
    return lookers > 0 && partners_.held_up() == lookers;
  }

  Partners& partners_;
  pb::GetOrganisationRequest request_;
  std::vector<std::unique_ptr<Call>> calls_;
  std::atomic<int> answered_ = 0;
};

// The transport itself answers a ping, so an answer tells that somebody has read the connection.
class Pinged {
 public:
  explicit Pinged(int port) : descriptor_(ConnectFrom("127.0.0.2", port)) {
    Send(std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") + std::string("\0\0\0\4\0\0\0\0\0", 9));
  }

  ~Pinged() { close(descriptor_); }

  Pinged(const Pinged&) = delete;
  Pinged& operator=(const Pinged&) = delete;

  void Ping() { Send(std::string("\0\0\x8\6\0\0\0\0\0pingping", 17)); }

  bool HasAnswer() {
    char bytes[4096];
    const ssize_t size = recv(descriptor_, bytes, sizeof(bytes), MSG_DONTWAIT);
    if (size > 0) received_.append(bytes, static_cast<size_t>(size));
    return received_.find(std::string("\0\0\x8\6\1\0\0\0\0pingping", 17)) != std::string::npos;
  }

  void Forget() { received_.clear(); }

 private:
  void Send(const std::string& bytes) {
    ASSERT_EQ(send(descriptor_, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
  }

  const int descriptor_;
  std::string received_;
};

// While all who look at calls are busy, no more are read, whoever waits for a stream meanwhile.
TEST(Outgoing, WhoWaitsReadsNobodysConnection) {
  Partners partners;
  Watching watching(partners, "1");
  pb::WatchDirectoryResponse message;
  ASSERT_TRUE(watching->Read(&message));
  std::thread waiting([&watching] {
    pb::WatchDirectoryResponse next;
    EXPECT_FALSE(watching->Read(&next));
  });
  Pinged pinged(partners.port());
  pinged.Ping();
  EXPECT_TRUE(Eventually([&] { return pinged.HasAnswer(); }));
  pinged.Forget();

  HoldingUp calls(partners);
  EXPECT_TRUE(calls.HoldAll());
  pinged.Ping();
  absl::SleepFor(absl::Milliseconds(300));
  EXPECT_FALSE(pinged.HasAnswer());

  partners.Release();
  EXPECT_TRUE(Eventually([&] { return pinged.HasAnswer(); }));
  EXPECT_TRUE(Eventually([&] { return calls.AllAnswered(); }));
  watching->Cancel();
  waiting.join();
}

}  // namespace
}  // namespace vsv::rpc
