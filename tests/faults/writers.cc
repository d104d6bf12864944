#include "tests/faults/writers.h"

#include "libs/base/clock.h"
#include "libs/base/uuid.h"
#include "libs/errors/errors.h"
#include "tests/faults/calls.h"

#include "absl/strings/str_cat.h"

#include <utility>

namespace vsv::faults {

Writers::Writers(std::function<std::unique_ptr<WriteSession>(int client)> connect, int clients,
                 int resources_each)
    : connect_(std::move(connect)), resources_each_(resources_each) {
  for (int client = 0; client < clients; ++client) {
    threads_.emplace_back([this, client] { Work(client); });
  }
}

Writers::~Writers() {
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Writers::Finish() {
  finishing_ = true;
  for (std::thread& thread : threads_) thread.join();
}

absl::StatusOr<Written> Writers::WriteOnce(WriteSession& session, const Write& write) {
  return Insist([&] { return session.Send(write); }, repeats_);
}

void Writers::Work(int client) {
  const std::unique_ptr<WriteSession> session = connect_(client);
  const base::SystemClock clock;
  std::vector<Written> resources(static_cast<size_t>(resources_each_));
  for (int64_t version = 1; !finishing_; ++version) {
    for (int slot = 0; slot < resources_each_ && !finishing_; ++slot) {
      Written& last = resources[static_cast<size_t>(slot)];
      const std::string value = absl::StrCat("client ", client, "-", slot, " write ", version);
      const absl::StatusOr<Written> reply = WriteOnce(
          *session, {slot, last.resource, version, value, last.etag, base::NewUuidV7(clock)});
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!reply.ok()) {
        unanswered_.push_back(
            absl::StrCat(last.resource, " ", value, ": ",
                         reply.status().ToString(absl::StatusToStringMode::kWithNoExtraData), " ",
                         errors::ReasonOf(reply.status())));
        finishing_ = true;
        break;
      }
      last = *reply;
      acknowledged_.push_back({last.resource, version, value});
    }
  }
  ReadBack(*session, resources);
}

void Writers::ReadBack(WriteSession& session, const std::vector<Written>& resources) {
  for (const Written& written : resources) {
    if (written.resource.empty()) continue;
    const absl::StatusOr<std::string> value =
        Insist([&] { return session.Read(written.resource); }, repeats_);
    const std::lock_guard<std::mutex> lock(mutex_);
    read_.push_back(
        {written.resource, 0,
         value.ok() ? *value : absl::StrCat("(cannot be read: ", value.status().ToString(), ")")});
  }
}

}  // namespace vsv::faults
