// Clients that write as fast as they can, repeat what they were told nothing about, and remember
// what was acknowledged.
#pragma once

#include "tests/faults/history.h"
#include "tests/faults/stage.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace vsv::faults {

// Each client has organisations of its own and raises their versions one by one.
class Writers {
 public:
  Writers(PartnersProcess& server, int clients, int resources_each);
  // Requires Finish.
  ~Writers();
  Writers(const Writers&) = delete;
  Writers& operator=(const Writers&) = delete;

  // No further write is begun; every one that was begun is repeated until it is acknowledged. False
  // when one was not within a minute.
  bool Finish();

  // After Finish.
  std::vector<Acknowledged> acknowledged() const { return acknowledged_; }

  int64_t repeats() const { return repeats_; }

 private:
  void Write(int client);
  // One write, repeated until its end is known. The new etag, or nothing when it was refused for
  // good.
  std::optional<std::string> WriteOnce(const std::shared_ptr<grpc::Channel>& channel,
                                       const Acknowledged& write, const std::string& etag);

  PartnersProcess& server_;
  const int resources_each_;
  std::atomic<bool> finishing_{false};
  std::atomic<bool> failed_{false};
  std::atomic<int64_t> repeats_{0};
  std::mutex mutex_;
  std::vector<Acknowledged> acknowledged_;
  std::vector<std::thread> threads_;
};

}  // namespace vsv::faults
