// The whole way of a call, over real mutual TLS: server, admission, policy, pool, bridge.
#include "libs/rpc/server.h"

#include "libs/base/clock.h"
#include "libs/errors/errors.h"
#include "libs/rpc/runtime.h"
#include "libs/rpc/status_bridge.h"
#include "libs/rpc/tls.h"
#include "libs/rpc/unary.h"
#include "libs/rpc/watch.h"
#include "libs/testing/eventually.h"
#include "libs/testing/test_pki.h"

#include "vsv/partners/v1/partners_service.grpc.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/security/credentials.h"
#include "gtest/gtest.h"

#include <arpa/inet.h>
#include <fstream>
#include <functional>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vsv::rpc {
namespace {

namespace pb = ::vsv::partners::v1;
using ::testing::HasSubstr;
using ::vsv::testing::Eventually;

constexpr char kOin[] = "00000099000000001000";

// Knows one organisation; what it may do is set per test.
class OneCaller : public CallerResolver {
 public:
  absl::StatusOr<Caller> Resolve(const PeerIdentity& peer, absl::string_view service,
                                 absl::Time) override {
    EXPECT_EQ(service, "partners");
    if (!peer.service.empty()) {
      Caller caller;
      caller.organisation_id = peer.service;
      caller.roles = {policy::v1::ROLE_SERVICE};
      caller.purpose = policy::v1::PURPOSE_PROJECTION;
      return caller;
    }
    if (peer.oin != kOin) return errors::CredentialInvalid("unknown organisation");
    return caller_;
  }

  Caller caller_ = {.organisation_id = "keeper",
                    .roles = {policy::v1::ROLE_REGISTER_KEEPER},
                    .permitted_purposes = {policy::v1::PURPOSE_REGISTRY}};
};

// Wakes nobody by itself: streams go on at their idle time.
class Timer : public WakeSource {
 public:
  uint64_t Told() const override {
    absl::MutexLock lock(&mutex_);
    return told_;
  }

  uint64_t Await(uint64_t told, absl::Time, std::function<void()> wake) override {
    absl::MutexLock lock(&mutex_);
    waits_since_ = told;
    waiting_[++last_] = std::move(wake);
    return last_;
  }

  void Cancel(uint64_t token) override {
    absl::MutexLock lock(&mutex_);
    waiting_.erase(token);
  }

  void WakeAll() {
    std::map<uint64_t, std::function<void()>> woken;
    {
      absl::MutexLock lock(&mutex_);
      woken.swap(waiting_);
    }
    for (auto& [token, wake] : woken) wake();
  }

  bool SomeoneWaits() {
    absl::MutexLock lock(&mutex_);
    return !waiting_.empty();
  }

  // Something new, of which nobody is woken.
  void Tell() {
    absl::MutexLock lock(&mutex_);
    ++told_;
  }

  // What the last one to wait had been told.
  uint64_t WaitsSince() {
    absl::MutexLock lock(&mutex_);
    return waits_since_;
  }

 private:
  mutable absl::Mutex mutex_;
  uint64_t last_ = 0;
  uint64_t told_ = 0;
  uint64_t waits_since_ = 0;
  std::map<uint64_t, std::function<void()>> waiting_;
};

// Streams one message per wake, each with the number of the batch as its cursor. While it looks,
// there is something new.
class Counting : public WatchSource<pb::WatchDirectoryResponse> {
 public:
  explicit Counting(Timer& timer) : timer_(timer) {}

  absl::StatusOr<Batch> Next(const CallContext&) override {
    timer_.Tell();
    Batch batch;
    pb::WatchDirectoryResponse message;
    message.set_cursor(std::to_string(++count_));
    batch.messages.push_back(policy::NoPersonalData(message));
    batch.more = count_ < 3;
    return batch;
  }

 private:
  Timer& timer_;
  int count_ = 0;
};

class Service final : public pb::PartnersService::CallbackService {
 public:
  Service(Runtime& runtime, Timer& timer) : runtime_(runtime), timer_(timer) {}

  grpc::ServerUnaryReactor* GetOrganisation(grpc::CallbackServerContext* context,
                                            const pb::GetOrganisationRequest* request,
                                            pb::Organisation* response) override {
    return Unary(context, runtime_, request, response,
                 [this](const CallContext& call, const pb::GetOrganisationRequest& get) {
                   return handler_(call, get);
                 });
  }

  grpc::ServerWriteReactor<pb::WatchDirectoryResponse>* WatchDirectory(
      grpc::CallbackServerContext* context, const pb::WatchDirectoryRequest* request) override {
    return Watch<pb::WatchDirectoryRequest, pb::WatchDirectoryResponse>(
        context, runtime_, timer_, request,
        [this](const CallContext&, const pb::WatchDirectoryRequest&)
            -> absl::StatusOr<std::unique_ptr<WatchSource<pb::WatchDirectoryResponse>>> {
          return std::make_unique<Counting>(timer_);
        });
  }

  std::function<absl::StatusOr<policy::Cleared<pb::Organisation>>(
      const CallContext&, const pb::GetOrganisationRequest&)>
      handler_ = [](const CallContext& call, const pb::GetOrganisationRequest& request) {
        pb::Organisation organisation;
        organisation.set_name(request.name());
        organisation.set_display_name(call.method);
        return policy::NoPersonalData(organisation);
      };

 private:
  Runtime& runtime_;
  Timer& timer_;
};

class CallOverTls : public ::testing::Test {
 protected:
  CallOverTls()
      : runtime_({.service = "partners", .worker_threads = 1, .bulk_threads = 1}, resolver_, clock_,
                 metrics_),
        service_(runtime_, timer_) {
    const vsv::testing::KeyPair own = pki_.IssueService("partners");
    const TlsFiles files = {Write("cert", own.certificate), Write("key", own.key),
                            Write("ca", pki_.root())};
    ServerOptions options;
    options.credentials = *MakeServerCredentials(files);
    options.services = {&service_};
    absl::StatusOr<std::unique_ptr<Server>> server = Server::Start(std::move(options), runtime_);
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }

  std::string Write(const std::string& name, const std::string& content) {
    const std::string path =
        absl::StrCat(::testing::TempDir(), "/rpc_server_test_", getpid(), "_", name);
    std::ofstream(path) << content;
    return path;
  }

  std::shared_ptr<grpc::Channel> Connect(const vsv::testing::KeyPair& pair) {
    grpc::SslCredentialsOptions options{.pem_root_certs = pki_.root(),
                                        .pem_private_key = pair.key,
                                        .pem_cert_chain = pair.certificate};
    return grpc::CreateChannel(absl::StrCat("127.0.0.1:", server_->port()),
                               grpc::SslCredentials(options));
  }

  absl::Status Get(const std::shared_ptr<grpc::Channel>& channel, const std::string& name,
                   pb::Organisation* reply, absl::Duration deadline = absl::Seconds(5)) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + deadline));
    pb::GetOrganisationRequest request;
    request.set_name(name);
    return FromGrpc(
        pb::PartnersService::NewStub(channel)->GetOrganisation(&context, request, reply));
  }

  vsv::testing::TestPki pki_;
  base::SystemClock clock_;
  obs::Metrics metrics_;
  OneCaller resolver_;
  Timer timer_;
  Runtime runtime_;
  Service service_;
  std::unique_ptr<Server> server_;
  pb::Organisation reply_;
};

TEST_F(CallOverTls, ReachesItsHandlerWithItsMethodAndIsAnswered) {
  ASSERT_TRUE(Get(Connect(pki_.IssueOrganisation(kOin)), "organisations/x", &reply_).ok());
  EXPECT_EQ(reply_.name(), "organisations/x");
  EXPECT_EQ(reply_.display_name(), "/vsv.partners.v1.PartnersService/GetOrganisation");
}

TEST_F(CallOverTls, IsRefusedAtTheHandshakeWithoutACertificateOfOurRoots) {
  grpc::SslCredentialsOptions none{
      .pem_root_certs = pki_.root(), .pem_private_key = "", .pem_cert_chain = ""};
  const auto anonymous =
      grpc::CreateChannel(absl::StrCat("127.0.0.1:", server_->port()), grpc::SslCredentials(none));
  EXPECT_EQ(Get(anonymous, "organisations/x", &reply_).code(), absl::StatusCode::kUnavailable);
  const vsv::testing::TestPki other;
  EXPECT_EQ(Get(Connect(other.IssueOrganisation(kOin)), "organisations/x", &reply_).code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(Get(Connect(pki_.Issue({.serial_numbers = {kOin}, .valid_for = -absl::Minutes(1)})),
                "organisations/x", &reply_)
                .code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(CallOverTls, IsUnauthenticatedWhenTheCertificateNamesNobodyKnown) {
  EXPECT_EQ(errors::ReasonOf(Get(Connect(pki_.IssueOrganisation("00000099000000009000")),
                                 "organisations/x", &reply_)),
            "CREDENTIAL_INVALID");
  EXPECT_EQ(errors::ReasonOf(Get(Connect(pki_.Issue({})), "organisations/x", &reply_)),
            "CREDENTIAL_INVALID");
}

TEST_F(CallOverTls, IsRefusedToARoleThatTheMethodDoesNotName) {
  resolver_.caller_.roles = {policy::v1::ROLE_SERVICE};
  EXPECT_EQ(
      errors::ReasonOf(Get(Connect(pki_.IssueOrganisation(kOin)), "organisations/x", &reply_)),
      "ROLE_REQUIRED");
}

TEST_F(CallOverTls, IsRefusedForAPurposeThatTheMethodDoesNotServe) {
  resolver_.caller_.purpose = policy::v1::PURPOSE_PROJECTION;
  EXPECT_EQ(
      errors::ReasonOf(Get(Connect(pki_.IssueOrganisation(kOin)), "organisations/x", &reply_)),
      "PURPOSE_NOT_PERMITTED");
}

TEST_F(CallOverTls, IsCheckedAgainstTheFieldBehaviourOfItsMessage) {
  const absl::Status status = Get(Connect(pki_.IssueOrganisation(kOin)), "", &reply_);
  EXPECT_EQ(errors::ReasonOf(status), "FIELD_INVALID");
  EXPECT_EQ(errors::DetailOf(status)->violations.at(0).field, "name");
}

TEST_F(CallOverTls, IsAnsweredMalformedWhenItsBytesAreNoMessage) {
  const auto channel = Connect(pki_.IssueOrganisation(kOin));
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  grpc::Slice slice("\x0a\xff\xff\xff\xff\x0f");
  grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  absl::Notification done;
  grpc::Status status;
  stub.UnaryCall(&context, "/vsv.partners.v1.PartnersService/GetOrganisation", grpc::StubOptions(),
                 &request, &response, [&](grpc::Status result) {
                   status = std::move(result);
                   done.Notify();
                 });
  done.WaitForNotification();
  EXPECT_EQ(errors::ReasonOf(FromGrpc(status)), "MESSAGE_MALFORMED");
}

TEST_F(CallOverTls, IsShedWhenTheQueueIsFull) {
  absl::Notification release;
  std::atomic<int> begun = 0;
  service_.handler_ = [&](const CallContext&, const pb::GetOrganisationRequest&) {
    ++begun;
    release.WaitForNotification();
    return policy::NoPersonalData(pb::Organisation());
  };
  const auto channel = Connect(pki_.IssueOrganisation(kOin));
  std::atomic<int> overloaded = 0;
  std::atomic<int> answered = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 20; ++i) {
    callers.emplace_back([&] {
      pb::Organisation reply;
      const absl::Status status = Get(channel, "organisations/x", &reply, absl::Seconds(20));
      if (errors::ReasonOf(status) == "OVERLOADED") ++overloaded;
      ++answered;
    });
    // The first has left the queue before the others come.
    if (i == 0) {
      EXPECT_TRUE(Eventually([&] { return begun == 1; }));
    }
  }
  // One runs, eight wait, the rest is refused at once while those still wait.
  EXPECT_TRUE(Eventually([&] { return answered >= 11; }));
  EXPECT_EQ(overloaded, 11);
  release.Notify();
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(overloaded, 11);
}

TEST_F(CallOverTls, TellsItsHandlerWhenTheCallerHasLeft) {
  absl::Notification begun;
  std::atomic<bool> there = false;
  std::atomic<bool> told = false;
  service_.handler_ = [&](const CallContext& call, const pb::GetOrganisationRequest&) {
    there = !call.cancelled();
    begun.Notify();
    told = Eventually(call.cancelled);
    return policy::NoPersonalData(pb::Organisation());
  };
  grpc::ClientContext context;
  std::thread leaver([&] {
    begun.WaitForNotification();
    context.TryCancel();
  });
  pb::GetOrganisationRequest request;
  request.set_name("organisations/x");
  const auto stub = pb::PartnersService::NewStub(Connect(pki_.IssueOrganisation(kOin)));
  EXPECT_EQ(stub->GetOrganisation(&context, request, &reply_).error_code(),
            grpc::StatusCode::CANCELLED);
  leaver.join();
  server_->Stop();
  EXPECT_TRUE(there);
  EXPECT_TRUE(told);
}

TEST_F(CallOverTls, IsNotBegunWhenItsTimeRanOutInTheQueue) {
  absl::Notification release;
  std::atomic<int> begun = 0;
  service_.handler_ = [&](const CallContext&, const pb::GetOrganisationRequest&) {
    ++begun;
    release.WaitForNotification();
    return policy::NoPersonalData(pb::Organisation());
  };
  const auto channel = Connect(pki_.IssueOrganisation(kOin));
  std::thread first([&] {
    pb::Organisation reply;
    EXPECT_TRUE(Get(channel, "organisations/x", &reply, absl::Seconds(20)).ok());
  });
  EXPECT_TRUE(Eventually([&] { return begun >= 1; }));
  EXPECT_EQ(Get(channel, "organisations/x", &reply_, absl::Milliseconds(100)).code(),
            absl::StatusCode::kDeadlineExceeded);
  release.Notify();
  first.join();
  server_->Stop();
  EXPECT_EQ(begun, 1);
}

TEST_F(CallOverTls, IsRefusedByADrainingServerAndOpenStreamsEnd) {
  grpc::ClientContext context;
  const auto channel = Connect(pki_.IssueService("programs"));
  const auto stub = pb::PartnersService::NewStub(channel);
  const auto stream = stub->WatchDirectory(&context, pb::WatchDirectoryRequest());
  pb::WatchDirectoryResponse message;
  for (int i = 1; i <= 3; ++i) {
    ASSERT_TRUE(stream->Read(&message));
    EXPECT_EQ(message.cursor(), std::to_string(i));
  }
  ASSERT_TRUE(Eventually([&] { return timer_.SomeoneWaits(); }));
  timer_.WakeAll();
  ASSERT_TRUE(stream->Read(&message));
  EXPECT_EQ(message.cursor(), "4");
  runtime_.Drain();
  EXPECT_FALSE(stream->Read(&message));
  EXPECT_EQ(errors::ReasonOf(FromGrpc(stream->Finish())), "SHUTTING_DOWN");
  resolver_.caller_.roles = {policy::v1::ROLE_REGISTER_KEEPER};
  EXPECT_EQ(
      errors::ReasonOf(Get(Connect(pki_.IssueOrganisation(kOin)), "organisations/x", &reply_)),
      "SHUTTING_DOWN");
}

TEST_F(CallOverTls, WhatComesWhileAStreamLooksIsNotMissed) {
  grpc::ClientContext context;
  const auto stub = pb::PartnersService::NewStub(Connect(pki_.IssueService("programs")));
  const auto stream = stub->WatchDirectory(&context, pb::WatchDirectoryRequest());
  pb::WatchDirectoryResponse message;
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(stream->Read(&message));
  ASSERT_TRUE(Eventually([&] { return timer_.SomeoneWaits(); }));
  EXPECT_EQ(timer_.Told(), 3);
  EXPECT_EQ(timer_.WaitsSince(), 2) << "it waits for more than it knew when it looked last";
  context.TryCancel();
  stream->Finish();
}

// What is not sent yet is looked up when it is, and then comes once, however often it changed.
TEST_F(CallOverTls, AFollowerIsSentHardlyMoreThanItHasTaken) {
  const vsv::testing::KeyPair pair = pki_.IssueService("programs");
  const auto channel =
      MakeFollowingChannel(absl::StrCat("127.0.0.1:", server_->port()),
                           {Write("follower_cert", pair.certificate),
                            Write("follower_key", pair.key), Write("ca", pki_.root())});
  ASSERT_TRUE(channel.ok()) << channel.status();
  grpc::ClientContext context;
  const auto stub = pb::PartnersService::NewStub(*channel);
  const auto stream = stub->WatchDirectory(&context, pb::WatchDirectoryRequest());
  // A message per wake, for as long as they go out although nobody takes them.
  constexpr int kChanges = 1000;
  const auto goes_on = [&] {
    const absl::Time patience = absl::Now() + absl::Seconds(1);
    while (!timer_.SomeoneWaits() && absl::Now() < patience) absl::SleepFor(absl::Milliseconds(1));
    return timer_.SomeoneWaits();
  };
  int sent = 3;  // those before the first wait
  for (; sent < kChanges && goes_on(); ++sent) timer_.WakeAll();
  EXPECT_LT(sent, kChanges / 2);
  // Taken, they go on.
  pb::WatchDirectoryResponse message;
  for (int i = 1; i <= sent; ++i) ASSERT_TRUE(stream->Read(&message));
  EXPECT_EQ(message.cursor(), std::to_string(sent));
  EXPECT_TRUE(Eventually([&] { return timer_.SomeoneWaits(); }));
  context.TryCancel();
  stream->Finish();
}

TEST_F(CallOverTls, StreamsEndQuietlyWhenTheClientLeaves) {
  for (int round = 0; round < 20; ++round) {
    grpc::ClientContext context;
    const auto stub = pb::PartnersService::NewStub(Connect(pki_.IssueService("programs")));
    const auto stream = stub->WatchDirectory(&context, pb::WatchDirectoryRequest());
    pb::WatchDirectoryResponse message;
    for (int i = 0; i < round % 4; ++i) stream->Read(&message);
    context.TryCancel();
    stream->Finish();
  }
  server_->Stop();
  EXPECT_THAT(metrics_.Text(), HasSubstr("vsv_watchers 0"));
}

// A test of the whole process: it has no descriptor left for anybody.
TEST_F(CallOverTls, IsAcceptedAgainAfterTheDescriptorsRanOut) {
  const int client = socket(AF_INET, SOCK_STREAM, 0);
  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const int next = dup(client);
  const rlimit full = {static_cast<rlim_t>(next), before.rlim_max};
  close(next);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &full), 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(server_->port()));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(client, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  const timeval patience = {.tv_sec = 20};
  setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  char byte = 0;
  const ssize_t ended = recv(client, &byte, 1, 0);
  EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(ended, 0) << "the connection that cannot be served is ended, not left waiting";
  close(client);
  // One that comes while the others are still being refused is refused with them.
  const absl::Time latest = absl::Now() + absl::Seconds(20);
  bool accepted = false;
  while (!accepted && absl::Now() < latest) {
    accepted =
        Get(Connect(pki_.IssueOrganisation(kOin)), "organisations/x", &reply_, absl::Seconds(5))
            .ok();
  }
  EXPECT_TRUE(accepted);
}

TEST_F(CallOverTls, SecondServerOnThePortIsRefused) {
  ServerOptions options;
  options.listen_address = absl::StrCat("127.0.0.1:", server_->port());
  options.credentials = grpc::InsecureServerCredentials();
  Service service(runtime_, timer_);  // who serves nothing is refused whatever the port
  options.services = {&service};
  const absl::StatusOr<std::unique_ptr<Server>> second =
      Server::Start(std::move(options), runtime_);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("--listen_address"));
}

}  // namespace
}  // namespace vsv::rpc
