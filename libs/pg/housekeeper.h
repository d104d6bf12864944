// Small recurring work of a server on its worker role: purging what has expired.
#pragma once

#include "libs/pg/pool.h"
#include "libs/pg/transaction.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace vsv::pg {

// One kind of work, done in portions: `run` does one in a transaction of its own and returns how
// many rows it touched; as long as there were some it is asked again at once, and then after
// `interval`. Instances of a server may do the same at a time.
struct Chore {
  std::string name;
  absl::Duration interval = absl::Minutes(1);
  std::function<absl::StatusOr<int64_t>(Transaction&)> run;
};

class Housekeeper {
 public:
  // `worker` must outlive the housekeeper. `on_error` is told of failures, for the log; the chore
  // is tried again later.
  Housekeeper(Pool& worker, std::vector<Chore> chores,
              std::function<void(absl::string_view chore, const absl::Status& status)> on_error);
  // Stops.
  ~Housekeeper();
  Housekeeper(const Housekeeper&) = delete;
  Housekeeper& operator=(const Housekeeper&) = delete;

  void Start();
  void Stop();

 private:
  void Loop();
  void Do(const Chore& chore);
  bool stopped();

  Pool& worker_;
  const std::vector<Chore> chores_;
  const std::function<void(absl::string_view, const absl::Status&)> on_error_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = true;
  std::thread thread_;
};

}  // namespace vsv::pg
