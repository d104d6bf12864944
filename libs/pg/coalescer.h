// Gathers the commands of many callers into batches, without making anybody wait for a timer: one
// caller alone is a batch of one at once; those that come while a batch runs form the next.
#pragma once

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/pg/batch_queue.h"

#include "absl/status/statusor.h"

#include <algorithm>
#include <utility>

namespace vsv::pg {

// Thread-safe. Command is copyable or movable; Reply is movable.
template <typename Command, typename Reply>
class Coalescer {
 public:
  // Executes a batch and answers a verdict for each command, in order. Called by one of the
  // waiting callers' threads, `batches` at a time at most.
  using Execute = std::function<std::vector<absl::StatusOr<Reply>>(std::vector<Command> batch,
                                                                   absl::Time deadline)>;

  Coalescer(const base::Clock& clock, CoalescerOptions options, Execute execute)
      : clock_(clock), execute_(std::move(execute)), queue_(clock, std::move(options)) {}

  // The verdict on `command`. Blocks; nobody refers to the command or its ticket when it returns.
  // Errors besides the verdict's: DEADLINE_EXCEEDED and CANCELLED when it was never executed,
  // OVERLOADED when the batch, not the caller, ran out of time, INTERNAL when no verdict came.
  absl::StatusOr<Reply> Do(Command command, Ticket ticket) {
    const absl::Time deadline = ticket.deadline;
    const base::Clock& clock = clock_;  // this may be gone as soon as the batch has ended
    Entry own(std::move(command), std::move(ticket));
    VSV_RETURN_IF_ERROR(
        queue_.Pass(own, [this](absl::Span<internal::Waiting* const> batch,
                                absl::Time batch_deadline) { Judge(batch, batch_deadline); }));
    if (absl::IsDeadlineExceeded(own.verdict.status()) && clock.Now() < deadline) {
      return errors::Overloaded();
    }
    return std::move(own.verdict);
  }

  // Commands that wait for a batch.
  int waiting() const { return queue_.waiting(); }

 private:
  struct Entry : internal::Waiting {
    Entry(Command its_command, Ticket its_ticket)
        : Waiting(std::move(its_ticket)), command(std::move(its_command)) {}

    Command command;
    absl::StatusOr<Reply> verdict = errors::Internal("a batch ended without a verdict");
  };

  void Judge(absl::Span<internal::Waiting* const> batch, absl::Time deadline) {
    std::vector<Command> commands;
    commands.reserve(batch.size());
    for (internal::Waiting* member : batch) {
      commands.push_back(std::move(static_cast<Entry*>(member)->command));
    }
    std::vector<absl::StatusOr<Reply>> verdicts = execute_(std::move(commands), deadline);
    const size_t judged = std::min(verdicts.size(), batch.size());
    for (size_t i = 0; i < judged; ++i) {
      static_cast<Entry*>(batch[i])->verdict = std::move(verdicts[i]);
    }
  }

  const base::Clock& clock_;
  const Execute execute_;
  internal::BatchQueue queue_;
};

}  // namespace vsv::pg
