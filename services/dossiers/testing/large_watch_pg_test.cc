// Streams of much, to a client as gRPC makes it: server, stream, store and PostgreSQL.
#include "libs/base/clock.h"
#include "libs/testing/in_process_server.h"
#include "services/dossiers/api/dossier_service.h"
#include "services/dossiers/storage/test_world.h"
#include "services/dossiers/testing/api_world.h"

#include "vsv/dossiers/v1/dossiers_service.grpc.pb.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::Gt;
using ::testing::SizeIs;

constexpr int kDossiers = 100;
constexpr size_t kContent = 60'000;  // bytes of each: together more than a client takes

class LargeWatch : public ::testing::Test, private v1::DossierService::CallbackService {
 protected:
  // What a message held, and where to go on behind it.
  struct Message {
    std::vector<std::string> dossiers;
    std::string cursor;
  };

  LargeWatch() : server_("dossiers", callers_, clock_) {
    rpc::Caller school;
    school.organisation_id = "school";
    school.roles = {policy::v1::ROLE_SCHOOL};
    callers_.Set("school", school);
    server_.Start({this});
  }

  ~LargeWatch() override { server_.Stop(); }

  grpc::ServerWriteReactor<v1::WatchDossiersResponse>* WatchDossiers(
      grpc::CallbackServerContext* context, const v1::WatchDossiersRequest* request) override {
    return rpc::Watch<v1::WatchDossiersRequest, v1::WatchDossiersResponse>(
        context, server_.runtime(), wake_, request,
        [this](const rpc::CallContext& call, const v1::WatchDossiersRequest& asked) {
          return handlers_.OpenDossiers(call, asked);
        });
  }

  void MakeDossiers() {
    v1::CareerSection career;
    career.set_motivation(std::string(kContent, 'm'));
    for (int i = 0; i < kDossiers; ++i) {
      CreateCommand command = world_.CreateCommandFor(absl::StrCat(999900001 + i), "school");
      command.sections = {{Category::kCareer, career.SerializeAsString()}};
      const auto made = world_.store().Create({command});
      ASSERT_TRUE(made.front().ok()) << made.front().status();
    }
    world_.Sequence();
  }

  // The messages behind a cursor ("": the snapshot), until the last dossier has come.
  std::vector<Message> Read(const std::string& cursor, size_t dossiers) {
    const auto context = vsv::testing::InProcessServer::As("school", "transition");
    const auto stub = server_.Stub<v1::DossierService>();
    v1::WatchDossiersRequest request;
    request.add_regions("regions/16");
    request.set_cursor(cursor);
    const auto stream = stub->WatchDossiers(context.get(), request);
    std::vector<Message> read;
    size_t seen = 0;
    v1::WatchDossiersResponse message;
    while (seen < dossiers && stream->Read(&message)) {
      read.push_back({{}, message.cursor()});
      for (const v1::DossierChange& change : message.changes()) {
        EXPECT_THAT(change.upsert().career().motivation(), SizeIs(kContent));
        read.back().dossiers.push_back(change.upsert().name());
      }
      seen += static_cast<size_t>(message.changes_size());
    }
    context->TryCancel();
    const grpc::Status end = stream->Finish();
    EXPECT_EQ(end.error_code(), grpc::StatusCode::CANCELLED) << end.error_message();
    return read;
  }

  static std::vector<std::string> DossiersIn(const std::vector<Message>& messages) {
    std::vector<std::string> all;
    for (const Message& message : messages) {
      all.insert(all.end(), message.dossiers.begin(), message.dossiers.end());
    }
    return all;
  }

  // A client that is cut off behind any message misses nothing and is given nothing twice.
  void ExpectToGoOnBehindEach(const std::vector<Message>& messages) {
    std::vector<std::string> rest = DossiersIn(messages);
    ASSERT_THAT(rest, SizeIs(kDossiers));
    EXPECT_THAT(messages, SizeIs(Gt(4U)));
    for (const Message& message : messages) {
      rest.erase(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(message.dossiers.size()));
      if (rest.empty()) return;
      EXPECT_EQ(DossiersIn(Read(message.cursor, rest.size())), rest);
    }
  }

  base::SystemClock clock_;
  TestWorld world_;
  vsv::testing::FakeCallers callers_;
  testing::NeverWakes wake_;
  const feed::Cursors cursors_{"a key of at least thirty-two bytes"};
  WatchHandlers handlers_{world_.changes(), cursors_};
  vsv::testing::InProcessServer server_;
};

TEST_F(LargeWatch, ASnapshotComesInMessagesThatAClientTakes) {
  MakeDossiers();
  ExpectToGoOnBehindEach(Read("", kDossiers));
}

TEST_F(LargeWatch, ATailComesInMessagesThatAClientTakes) {
  const auto context = vsv::testing::InProcessServer::As("school", "transition");
  const auto stub = server_.Stub<v1::DossierService>();
  v1::WatchDossiersRequest request;
  request.add_regions("regions/16");
  request.set_skip_snapshot(true);
  const auto stream = stub->WatchDossiers(context.get(), request);
  v1::WatchDossiersResponse checkpoint;
  ASSERT_TRUE(stream->Read(&checkpoint));
  context->TryCancel();
  stream->Finish();
  MakeDossiers();
  ExpectToGoOnBehindEach(Read(checkpoint.cursor(), kDossiers));
}

}  // namespace
}  // namespace vsv::dossiers
