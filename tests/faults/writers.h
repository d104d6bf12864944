// Clients that write as fast as they can, repeat what they were told nothing about, and remember
// what was acknowledged.
#pragma once

#include "tests/faults/history.h"

#include "absl/status/statusor.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace vsv::faults {

// One write. A repeat is the same in all fields.
struct Write {
  int slot = 0;          // which of the client's resources
  std::string resource;  // as acknowledged before; empty for the write that makes it
  int64_t version = 0;   // the one that this write makes
  std::string value;
  std::string etag;  // of the version before
  std::string request_id;
};

struct Written {
  std::string resource;
  std::string etag;
};

// How one client reaches a service.
class WriteSession {
 public:
  virtual ~WriteSession() = default;
  virtual absl::StatusOr<Written> Send(const Write& write) = 0;
  // The value that the resource has now.
  virtual absl::StatusOr<std::string> Read(const std::string& resource) = 0;
};

// Each client has resources of its own and raises their versions one by one.
class Writers {
 public:
  // `connect` is called by each client's thread with its number, from 0.
  Writers(std::function<std::unique_ptr<WriteSession>(int client)> connect, int clients,
          int resources_each);
  // Requires Finish.
  ~Writers();
  Writers(const Writers&) = delete;
  Writers& operator=(const Writers&) = delete;

  // No further write is begun; every one that was begun is repeated until it is acknowledged, or
  // is in unanswered() after a minute. Then each resource is read once more.
  void Finish();

  // After Finish.
  const std::vector<Acknowledged>& acknowledged() const { return acknowledged_; }

  // Writes that were refused for good or never answered, with the reason.
  const std::vector<std::string>& unanswered() const { return unanswered_; }

  const std::vector<Stored>& read() const { return read_; }

  int64_t repeats() const { return repeats_; }

 private:
  void Work(int client);
  // One write, repeated until its end is known.
  absl::StatusOr<Written> WriteOnce(WriteSession& session, const Write& write);
  void ReadBack(WriteSession& session, const std::vector<Written>& resources);

  const std::function<std::unique_ptr<WriteSession>(int client)> connect_;
  const int resources_each_;
  std::atomic<bool> finishing_{false};
  std::atomic<int64_t> repeats_{0};
  std::mutex mutex_;
  std::vector<Acknowledged> acknowledged_;  // this and what follows: guarded by mutex_
  std::vector<std::string> unanswered_;
  std::vector<Stored> read_;
  std::vector<std::thread> threads_;
};

}  // namespace vsv::faults
