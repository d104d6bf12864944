// Streams on which each message is answered before the next is read, through a real server.
#include "libs/rpc/exchange.h"

#include "libs/errors/errors.h"
#include "libs/rpc/status_bridge.h"
#include "libs/testing/eventually.h"
#include "libs/testing/in_process_server.h"

#include "vsv/dossiers/v1/import_service.grpc.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"

#include <atomic>
#include <thread>
#include <vector>

namespace vsv::rpc {
namespace {

namespace pb = ::vsv::dossiers::v1;

constexpr char kSchool[] = "school";
constexpr char kMethod[] = "/vsv.dossiers.v1.ImportService/ImportDossiers";

using Answer = absl::StatusOr<policy::Cleared<pb::ImportDossiersResponse>>;
using ::vsv::testing::Eventually;

class Service final
    : public pb::ImportService::WithRawCallbackMethod_ImportDossiers<pb::ImportService::Service> {
 public:
  explicit Service(Runtime& runtime) : runtime_(runtime) {}

  ExchangeReactor* ImportDossiers(grpc::CallbackServerContext* context) override {
    return Exchange<pb::ImportDossiersRequest, pb::ImportDossiersResponse>(
        context, runtime_, [this](const CallContext& call, const pb::ImportDossiersRequest& asked) {
          ++handled_;
          return handler_(call, asked);
        });
  }

  std::atomic<int> handled_ = 0;
  // Tells the parent back.
  std::function<Answer(const CallContext&, const pb::ImportDossiersRequest&)> handler_ =
      [](const CallContext&, const pb::ImportDossiersRequest& asked) -> Answer {
    pb::ImportDossiersResponse reply;
    reply.add_verdicts()->set_dossier(asked.parent());
    return policy::Redact(std::move(reply), {policy::v1::DATA_CATEGORY_PROCESS});
  };

 private:
  Runtime& runtime_;
};

class ExchangeTest : public ::testing::Test {
 protected:
  ExchangeTest() : server_("dossiers", callers_, clock_), service_(server_.runtime()) {
    Register(policy::v1::ROLE_SCHOOL);
    server_.Start({&service_});
    stub_ = server_.Stub<pb::ImportService>();
  }

  ~ExchangeTest() override { server_.Stop(); }

  void Register(policy::v1::Role role, const std::string& organisation = kSchool) {
    Caller caller;
    caller.organisation_id = organisation;
    caller.roles = {role};
    callers_.Set(organisation, caller);
  }

  static std::unique_ptr<grpc::ClientContext> Context(const std::string& organisation = kSchool) {
    return vsv::testing::InProcessServer::As(organisation, "transition");
  }

  static pb::ImportDossiersRequest Message(const std::string& parent) {
    pb::ImportDossiersRequest message;
    message.set_parent(parent);
    pb::CreateDossierRequest& one = *message.add_requests();
    one.set_parent(parent);
    one.set_request_id("0192f0a0-0000-7000-8000-000000000002");
    one.mutable_dossier();
    return message;
  }

  vsv::testing::FakeCallers callers_;
  base::SystemClock clock_;
  vsv::testing::InProcessServer server_;
  Service service_;
  std::unique_ptr<pb::ImportService::Stub> stub_;
};

TEST_F(ExchangeTest, AnswersEachMessageInOrderUntilTheClientIsDone) {
  const auto context = Context();
  const auto stream = stub_->ImportDossiers(context.get());
  pb::ImportDossiersResponse reply;
  for (const std::string parent : {"regions/16", "regions/17", "regions/18"}) {
    ASSERT_TRUE(stream->Write(Message(parent)));
    ASSERT_TRUE(stream->Read(&reply));
    EXPECT_EQ(reply.verdicts(0).dossier(), parent);
  }
  stream->WritesDone();
  EXPECT_FALSE(stream->Read(&reply));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ExchangeTest, EndsWellWithoutAMessage) {
  const auto context = Context();
  const auto stream = stub_->ImportDossiers(context.get());
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(service_.handled_, 0);
}

// Who does not read its answers is not worked for.
TEST_F(ExchangeTest, WaitsForAReaderThatIsSlow) {
  const auto context = Context();
  const auto stream = stub_->ImportDossiers(context.get());
  constexpr int kMessages = 20;
  std::thread writer([&] {
    for (int i = 0; i < kMessages; ++i) stream->Write(Message("regions/16"));
    stream->WritesDone();
  });
  EXPECT_TRUE(Eventually([&] { return service_.handled_ > 0; }));
  absl::SleepFor(absl::Milliseconds(100));
  EXPECT_LE(service_.handled_, 2);
  pb::ImportDossiersResponse reply;
  int answers = 0;
  while (stream->Read(&reply)) ++answers;
  writer.join();
  EXPECT_EQ(answers, kMessages);
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ExchangeTest, IsRefusedBeforeAnythingIsReadToWhoMayNotCall) {
  Register(policy::v1::ROLE_MUNICIPALITY);
  const auto context = Context();
  const auto stream = stub_->ImportDossiers(context.get());
  EXPECT_EQ(errors::ReasonOf(FromGrpc(stream->Finish())), "ROLE_REQUIRED");
  const auto nobody = vsv::testing::InProcessServer::As("stranger", "transition");
  EXPECT_EQ(errors::ReasonOf(FromGrpc(stub_->ImportDossiers(nobody.get())->Finish())),
            "CREDENTIAL_INVALID");
  const auto aimless = vsv::testing::InProcessServer::As(kSchool);
  EXPECT_EQ(errors::ReasonOf(FromGrpc(stub_->ImportDossiers(aimless.get())->Finish())),
            "PURPOSE_NOT_PERMITTED");
}

TEST_F(ExchangeTest, JudgesTheCallerAgainForEachMessage) {
  const auto context = Context();
  const auto stream = stub_->ImportDossiers(context.get());
  pb::ImportDossiersResponse reply;
  ASSERT_TRUE(stream->Write(Message("regions/16")));
  ASSERT_TRUE(stream->Read(&reply));
  Register(policy::v1::ROLE_MUNICIPALITY);
  stream->Write(Message("regions/16"));
  EXPECT_FALSE(stream->Read(&reply));
  EXPECT_EQ(errors::ReasonOf(FromGrpc(stream->Finish())), "ROLE_REQUIRED");
  EXPECT_EQ(service_.handled_, 1);
}

TEST_F(ExchangeTest, NamesWhatIsWrongWithAMessageAndWhatWasAnsweredStands) {
  const auto context = Context();
  const auto stream = stub_->ImportDossiers(context.get());
  pb::ImportDossiersResponse reply;
  ASSERT_TRUE(stream->Write(Message("regions/16")));
  ASSERT_TRUE(stream->Read(&reply));
  pb::ImportDossiersRequest bad = Message("regions/16");
  bad.mutable_requests(0)->clear_request_id();
  stream->Write(bad);
  EXPECT_FALSE(stream->Read(&reply));
  const absl::Status status = FromGrpc(stream->Finish());
  EXPECT_EQ(errors::ReasonOf(status), "FIELD_INVALID");
  EXPECT_EQ(errors::DetailOf(status)->violations.at(0).field, "requests[0].request_id");
  EXPECT_EQ(service_.handled_, 1);
}

TEST_F(ExchangeTest, EndsWithTheHandlersRefusal) {
  service_.handler_ = [](const CallContext&, const pb::ImportDossiersRequest&) -> Answer {
    return errors::StateConflict("not now");
  };
  const auto context = Context();
  const auto stream = stub_->ImportDossiers(context.get());
  stream->Write(Message("regions/16"));
  EXPECT_EQ(errors::ReasonOf(FromGrpc(stream->Finish())), "STATE_CONFLICT");
}

TEST_F(ExchangeTest, TellsBytesThatAreNoMessageFromAClientThatIsDone) {
  const auto context = Context();
  grpc::GenericStub stub(server_.channel());
  const grpc::Slice slice("\x0a\xff\xff\xff\xff\x0f");
  grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  absl::Notification done;
  grpc::Status status;
  stub.UnaryCall(context.get(), kMethod, grpc::StubOptions(), &request, &response,
                 [&](grpc::Status result) {
                   status = std::move(result);
                   done.Notify();
                 });
  done.WaitForNotification();
  EXPECT_EQ(errors::ReasonOf(FromGrpc(status)), "MESSAGE_MALFORMED");
}

TEST_F(ExchangeTest, RefusesAMessageThatIsTooLarge) {
  const auto context = Context();
  const auto stream = stub_->ImportDossiers(context.get());
  pb::ImportDossiersRequest large = Message("regions/16");
  large.mutable_requests(0)->mutable_dossier()->mutable_career()->set_motivation(
      std::string(5 << 20, 'a'));
  stream->Write(large);
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(service_.handled_, 0);
}

TEST_F(ExchangeTest, GivesAMessageNoMoreTimeThanItsStreamHas) {
  absl::Duration left;
  service_.handler_ = [&](const CallContext& call, const pb::ImportDossiersRequest&) -> Answer {
    left = call.deadline - call.start_time;
    return policy::Redact(pb::ImportDossiersResponse(), {});
  };
  const auto context = Context();
  context->set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
  const auto stream = stub_->ImportDossiers(context.get());
  pb::ImportDossiersResponse reply;
  ASSERT_TRUE(stream->Write(Message("regions/16")));
  ASSERT_TRUE(stream->Read(&reply));
  EXPECT_LT(left, absl::Seconds(10));
  EXPECT_GT(left, absl::ZeroDuration());
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ExchangeTest, EndsAtOnceWhenTheServerDrainsAndNothingIsUnderWay) {
  const auto context = Context();
  const auto stream = stub_->ImportDossiers(context.get());
  pb::ImportDossiersResponse reply;
  ASSERT_TRUE(stream->Write(Message("regions/16")));
  ASSERT_TRUE(stream->Read(&reply));
  server_.runtime().Drain();
  EXPECT_FALSE(stream->Read(&reply));
  EXPECT_EQ(errors::ReasonOf(FromGrpc(stream->Finish())), "SHUTTING_DOWN");
  const auto late = Context();
  EXPECT_EQ(errors::ReasonOf(FromGrpc(stub_->ImportDossiers(late.get())->Finish())),
            "SHUTTING_DOWN");
}

TEST_F(ExchangeTest, AnswersWhatIsUnderWayWhenTheServerDrainsAndEnds) {
  absl::Notification drained;
  service_.handler_ = [&, answer = service_.handler_](const CallContext& call,
                                                      const pb::ImportDossiersRequest& asked) {
    drained.WaitForNotification();
    return answer(call, asked);
  };
  const auto context = Context();
  const auto stream = stub_->ImportDossiers(context.get());
  ASSERT_TRUE(stream->Write(Message("regions/16")));
  ASSERT_TRUE(Eventually([&] { return service_.handled_ == 1; }));
  server_.runtime().Drain();
  drained.Notify();
  pb::ImportDossiersResponse reply;
  ASSERT_TRUE(stream->Read(&reply));
  EXPECT_EQ(reply.verdicts(0).dossier(), "regions/16");
  EXPECT_FALSE(stream->Read(&reply));
  EXPECT_EQ(errors::ReasonOf(FromGrpc(stream->Finish())), "SHUTTING_DOWN");
}

TEST_F(ExchangeTest, EndsQuietlyWhenTheClientLeavesAtAnyMoment) {
  for (int round = 0; round < 60; ++round) {
    const auto context = Context();
    const auto stream = stub_->ImportDossiers(context.get());
    pb::ImportDossiersResponse reply;
    const int messages = round % 5;
    for (int i = 1; i <= messages; ++i) {
      stream->Write(Message("regions/16"));
      if (i < messages) stream->Read(&reply);
    }
    if (round % 3 == 0) stream->WritesDone();
    context->TryCancel();
    stream->Finish();
  }
}

TEST_F(ExchangeTest, IsRefusedToWhoHasAsManyStreamsAsItMay) {
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<
      grpc::ClientReaderWriter<pb::ImportDossiersRequest, pb::ImportDossiersResponse>>>
      streams;
  for (int i = 0; i < 16; ++i) {
    contexts.push_back(Context());
    streams.push_back(stub_->ImportDossiers(contexts.back().get()));
    pb::ImportDossiersResponse reply;
    ASSERT_TRUE(streams.back()->Write(Message("regions/16")));
    ASSERT_TRUE(streams.back()->Read(&reply));
  }
  const auto open = [&] {
    const auto context = Context();
    const auto stream = stub_->ImportDossiers(context.get());
    stream->WritesDone();
    return errors::ReasonOf(FromGrpc(stream->Finish()));
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(open(), "TOO_MANY_STREAMS");
  streams.front()->WritesDone();
  EXPECT_TRUE(streams.front()->Finish().ok());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(open(), "");
  for (size_t i = 1; i < streams.size(); ++i) {
    contexts[i]->TryCancel();
    streams[i]->Finish();
  }
}

TEST_F(ExchangeTest, IsToldOverloadedWhenThePoolIsFull) {
  absl::Notification release;
  service_.handler_ = [&](const CallContext&, const pb::ImportDossiersRequest&) -> Answer {
    release.WaitForNotification();
    return policy::Redact(pb::ImportDossiersResponse(), {});
  };
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<
      grpc::ClientReaderWriter<pb::ImportDossiersRequest, pb::ImportDossiersResponse>>>
      streams;
  // Two are worked on, 128 wait, the rest is told. No school has more than it may.
  for (int i = 0; i < 140; ++i) {
    const std::string school = absl::StrCat(kSchool, i / 10);
    Register(policy::v1::ROLE_SCHOOL, school);
    contexts.push_back(Context(school));
    streams.push_back(stub_->ImportDossiers(contexts.back().get()));
    streams.back()->Write(Message("regions/16"));
  }
  std::atomic<int> overloaded = 0;
  std::vector<std::thread> readers;
  for (auto& stream : streams) {
    readers.emplace_back([&overloaded, stream = stream.get()] {
      pb::ImportDossiersResponse reply;
      if (stream->Read(&reply)) stream->WritesDone();
      if (errors::ReasonOf(FromGrpc(stream->Finish())) == "OVERLOADED") ++overloaded;
    });
  }
  EXPECT_TRUE(Eventually([&] { return overloaded >= 10; }));
  release.Notify();
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(overloaded, 10);
}

}  // namespace
}  // namespace vsv::rpc
