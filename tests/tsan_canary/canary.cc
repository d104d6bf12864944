// A data race that was put here on purpose. If ThreadSanitizer, with the settings under which our
// libraries are tested, does not report it, those tests prove nothing.
//   tsan_canary threads   two threads of our own
//   tsan_canary grpc      a callback that runs on a thread of the uninstrumented gRPC library, and
//   one of our own

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/alarm.h"

#include <iostream>
#include <string>
#include <thread>

namespace {

int unguarded = 0;

void Increment() {
  for (int i = 0; i < 200; ++i) {
    ++unguarded;
    absl::SleepFor(absl::Milliseconds(1));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string where = argc > 1 ? argv[1] : "threads";
  std::thread ours(Increment);
  if (where == "grpc") {
    grpc::Alarm alarm;
    alarm.Set(absl::ToChronoTime(absl::Now()), [](bool /*ok*/) { Increment(); });
    absl::SleepFor(absl::Seconds(1));
  } else {
    std::thread(Increment).join();
  }
  ours.join();
  std::cout << unguarded << "\n";
  return 0;
}
