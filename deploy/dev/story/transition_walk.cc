#include "deploy/dev/story/transition_walk.h"

#include "libs/base/status_macros.h"

#include "vsv/dossiers/v1/application.pb.h"
#include "vsv/dossiers/v1/dossier_requests.pb.h"
#include "vsv/dossiers/v1/handover_requests.pb.h"
#include "vsv/dossiers/v1/related_requests.pb.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "deploy/dev/story/narrator.h"

namespace vsv::story {
namespace {

namespace dossiers = ::vsv::dossiers::v1;

constexpr char kTransition[] = "transition";
constexpr size_t kBatch = 100;

// One pupil's way; counts its calls.
class Walk {
 public:
  Walk(const Pupil& pupil, const Cast& cast, std::string dossier, int year)
      : pupil_(pupil),
        school_(*cast.at(pupil.school)),
        mbo_(*cast.at(pupil.mbo)),
        dossier_(std::move(dossier)),
        year_(year) {}

  int calls() const { return calls_; }

  absl::Status Run() {
    if (pupil_.progress <= Progress::kPartA) return absl::OkStatus();
    VSV_RETURN_IF_ERROR(Prepare());
    if (pupil_.progress == Progress::kApplied) return absl::OkStatus();
    VSV_RETURN_IF_ERROR(Step<dossiers::SendDossierRequest>(
        school_, "SendDossier",
        [this](auto& request) { request.set_receiving_organisation(mbo_.name()); }));
    if (pupil_.progress == Progress::kSent) return absl::OkStatus();
    VSV_RETURN_IF_ERROR(Receive());
    if (pupil_.progress == Progress::kAccepted || pupil_.progress == Progress::kProcessed)
      return absl::OkStatus();
    return FirstYear();
  }

 private:
  template <typename Request, typename Fill>
  absl::Status Step(const Actor& actor, const std::string& method, Fill fill) {
    Request request;
    request.set_name(dossier_);
    fill(request);
    ++calls_;
    const auto reply =
        actor.CallDynamic(method, request, kTransition, absl::StrCat(dossier_, method));
    if (reply.ok()) return absl::OkStatus();
    return absl::Status(
        reply.status().code(),
        absl::StrCat(method, " of ", dossier_, " by ", actor.id(), ": ", Told(reply.status())));
  }

  template <typename Request>
  absl::Status Step(const Actor& actor, const std::string& method) {
    return Step<Request>(actor, method, [](Request&) {});
  }

  absl::Status View(dossiers::Person person, absl::string_view role) {
    dossiers::RecordViewRequest request;
    request.set_name(dossier_);
    request.mutable_view()->set_person(person);
    request.mutable_view()->set_role(std::string(role));
    request.mutable_view()->set_opinion(dossiers::OPINION_AGREES);
    request.mutable_view()->set_evidence("form in the school's file");
    SetDate(absl::CivilDay(year_, 4, 20), request.mutable_view()->mutable_seen_date());
    ++calls_;
    return school_
        .CallDynamic("RecordView", request, kTransition, absl::StrCat(dossier_, "view", role))
        .status();
  }

  absl::Status Prepare() {
    VSV_RETURN_IF_ERROR(Step<dossiers::CompletePartARequest>(school_, "CompletePartA"));
    VSV_RETURN_IF_ERROR(Step<dossiers::CompletePartBRequest>(school_, "CompletePartB"));
    VSV_RETURN_IF_ERROR(View(dossiers::PERSON_PUPIL, "pupil"));
    VSV_RETURN_IF_ERROR(View(dossiers::PERSON_GUARDIAN, "mother"));
    VSV_RETURN_IF_ERROR(Step<dossiers::ConfirmAgreementRequest>(school_, "ConfirmAgreement"));
    dossiers::CreateApplicationRequest request;
    request.set_parent(dossier_);
    request.mutable_application()->set_institution(mbo_.name());
    request.mutable_application()->set_course(pupil_.dossier.career().study_choice());
    SetDate(absl::CivilDay(year_, 3, 25),
            request.mutable_application()->mutable_application_date());
    ++calls_;
    VSV_ASSIGN_OR_RETURN(
        const dossiers::Application application,
        school_.Call<dossiers::Application>("CreateApplication", request, kTransition,
                                            absl::StrCat(dossier_, "apply")));
    application_ = application.name();
    return absl::OkStatus();
  }

  absl::Status Receive() {
    VSV_RETURN_IF_ERROR(Step<dossiers::AcceptDossierRequest>(mbo_, "AcceptDossier"));
    if (pupil_.needs_handover && pupil_.handover_held) {
      VSV_RETURN_IF_ERROR(
          Step<dossiers::PlanWarmHandoverRequest>(mbo_, "PlanWarmHandover", [this](auto& request) {
            SetDate(absl::CivilDay(year_, 6, 20), request.mutable_planned_date());
          }));
      VSV_RETURN_IF_ERROR(
          Step<dossiers::HoldWarmHandoverRequest>(mbo_, "HoldWarmHandover", [this](auto& request) {
            SetDate(absl::CivilDay(year_, 6, 20), request.mutable_held_date());
            for (const dossiers::Participant who :
                 {dossiers::PARTICIPANT_PUPIL, dossiers::PARTICIPANT_GUARDIAN,
                  dossiers::PARTICIPANT_DELIVERING, dossiers::PARTICIPANT_RECEIVING}) {
              request.add_participants(who);
            }
          }));
    }
    if (pupil_.progress == Progress::kAccepted) return absl::OkStatus();
    VSV_RETURN_IF_ERROR(ApplicationStep<dossiers::OfferPlaceRequest>("OfferPlace"));
    VSV_RETURN_IF_ERROR(ApplicationStep<dossiers::EnrolApplicantRequest>("EnrolApplicant"));
    return Step<dossiers::ProcessDossierRequest>(mbo_, "ProcessDossier");
  }

  template <typename Request>
  absl::Status ApplicationStep(const std::string& method) {
    Request request;
    request.set_name(application_);
    ++calls_;
    return mbo_.CallDynamic(method, request, kTransition, absl::StrCat(dossier_, method)).status();
  }

  absl::Status FirstYear() {
    return Step<dossiers::RecordFirstYearOutcomeRequest>(
        mbo_, "RecordFirstYearOutcome", [this](auto& request) {
          dossiers::FirstYearOutcome& outcome = *request.mutable_outcome();
          SetDate(absl::CivilDay(year_, 11, 1), outcome.mutable_count_date());
          switch (pupil_.progress) {
            case Progress::kSwitched:
              outcome.set_status(dossiers::FIRST_YEAR_STATUS_SWITCHED);
              outcome.set_reason(dossiers::FIRST_YEAR_REASON_WRONG_CHOICE);
              outcome.set_destination(dossiers::FIRST_YEAR_DESTINATION_OTHER_COURSE);
              break;
            case Progress::kDeregistered:
              outcome.set_status(dossiers::FIRST_YEAR_STATUS_DEREGISTERED);
              outcome.set_reason(dossiers::FIRST_YEAR_REASON_PERSONAL);
              outcome.set_destination(dossiers::FIRST_YEAR_DESTINATION_UNKNOWN);
              break;
            default:
              outcome.set_status(dossiers::FIRST_YEAR_STATUS_STILL_ENROLLED);
          }
        });
  }

  const Pupil& pupil_;
  const Actor& school_;
  const Actor& mbo_;
  const std::string dossier_;
  const int year_;
  std::string application_;
  int calls_ = 0;
};

// Creates one batch and gives the names back into `names`.
absl::Status CreateBatch(const std::vector<const Pupil*>& batch, const Cast& cast,
                         std::map<const Pupil*, std::string>& names) {
  const std::string parent = absl::StrCat("regions/", batch.front()->region);
  dossiers::BatchCreateDossiersRequest request;
  request.set_parent(parent);
  for (const Pupil* pupil : batch) {
    dossiers::CreateDossierRequest& one = *request.add_requests();
    one.set_parent(parent);
    *one.mutable_dossier() = pupil->dossier;
    one.set_request_id(absl::StrCat("00000000-0000-4000-8000-000", pupil->pgn));
  }
  VSV_ASSIGN_OR_RETURN(const dossiers::BatchCreateDossiersResponse response,
                       cast.at(batch.front()->school)
                           ->Call<dossiers::BatchCreateDossiersResponse>("BatchCreateDossiers",
                                                                         request, kTransition));
  for (int i = 0; i < response.verdicts_size(); ++i) {
    const dossiers::CreateDossierVerdict& verdict = response.verdicts(i);
    if (!verdict.has_dossier())
      return absl::FailedPreconditionError(
          absl::StrCat("a generated pupil was refused: ", verdict.error().message()));
    names[batch[static_cast<size_t>(i)]] = verdict.dossier().name();
  }
  return absl::OkStatus();
}

absl::StatusOr<std::map<const Pupil*, std::string>> CreateAll(const std::vector<Pupil>& pupils,
                                                              const Cast& cast) {
  std::map<std::string, std::vector<const Pupil*>> by_school;
  for (const Pupil& pupil : pupils) by_school[pupil.school].push_back(&pupil);
  std::map<const Pupil*, std::string> names;
  for (const auto& [school, all] : by_school) {
    for (size_t at = 0; at < all.size(); at += kBatch) {
      const auto begin = all.begin() + static_cast<std::ptrdiff_t>(at);
      const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(at + kBatch, all.size()));
      VSV_RETURN_IF_ERROR(CreateBatch(std::vector<const Pupil*>(begin, end), cast, names));
    }
  }
  return names;
}

}  // namespace

absl::StatusOr<WalkResult> WalkTransitions(const std::vector<Pupil>& pupils, const Cast& cast,
                                           int year, int threads) {
  using Names = std::map<const Pupil*, std::string>;
  VSV_ASSIGN_OR_RETURN(const Names names, CreateAll(pupils, cast));
  std::atomic<size_t> next = 0;
  std::atomic<int> calls = 0;
  absl::Mutex mutex;
  absl::Status failure;
  std::vector<std::thread> walkers;
  for (int i = 0; i < threads; ++i) {
    walkers.emplace_back([&] {
      for (size_t at = next++; at < pupils.size(); at = next++) {
        Walk walk(pupils[at], cast, names.at(&pupils[at]), year);
        const absl::Status status = walk.Run();
        calls += walk.calls();
        if (status.ok()) continue;
        absl::MutexLock lock(&mutex);
        failure.Update(status);
        next = pupils.size();
      }
    });
  }
  for (std::thread& walker : walkers) walker.join();
  VSV_RETURN_IF_ERROR(failure);
  WalkResult result;
  result.dossiers = static_cast<int>(names.size());
  result.calls = calls + static_cast<int>(names.size() / kBatch) + 1;
  return result;
}

}  // namespace vsv::story
