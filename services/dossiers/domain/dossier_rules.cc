#include "services/dossiers/domain/dossier_rules.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/dossiers/domain/age_rules.h"
#include "services/dossiers/domain/agreement.h"
#include "services/dossiers/domain/change.h"
#include "services/dossiers/domain/count_changes.h"
#include "services/dossiers/domain/course.h"
#include "services/dossiers/domain/names.h"

#include <algorithm>
#include <utility>

namespace vsv::dossiers {
namespace {

// Judges `event` by the asker and returns the change that enters the state it leads to.
absl::StatusOr<DossierChange> Advance(const DossierRow& row, const Asker& asker, Event event,
                                      absl::string_view operation) {
  const Actor actor = ActorFor(row.dossier, event, asker.organisation);
  VSV_ASSIGN_OR_RETURN(const DossierState next, Next(row.dossier, event, actor));
  DossierChange change = BeginChange(row, operation);
  Enter(change.dossier, next, asker.now);
  return change;
}

bool HasSection(const DossierRow& row, Category category) {
  return std::any_of(row.sections.begin(), row.sections.end(),
                     [&](const Section& section) { return section.category == category; });
}

bool HasPartB(const DossierRow& row) {
  return std::any_of(row.sections.begin(), row.sections.end(),
                     [](const Section& section) { return kPartB.Contains(section.category); });
}

absl::Status SectionMissing(Category category) {
  return errors::Precondition("SECTION_MISSING",
                              "a section needed for this step has not been written",
                              {{"category", std::string(Name(category))}});
}

CategorySet Touched(const WriteCommand& command) {
  CategorySet touched;
  for (const Section& section : command.sections) touched.Add(section.category);
  for (const Category category : command.cleared) touched.Add(category);
  return touched;
}

// A rejected dossier that is taken up again is nobody's but the sender's.
void TakeBack(const DossierRow& row, DossierChange& change) {
  if (row.dossier.state != DossierState::kRejected ||
      change.dossier.state == DossierState::kRejected)
    return;
  change.dossier.rejection_reason.clear();
  change.dossier.rejection_note.clear();
  if (!change.dossier.receiving.has_value()) return;
  change.recall = Recall{*change.dossier.receiving, kAllCategories, RecallReason::kBasisEnded};
  change.dossier.receiving.reset();
}

void SetFacts(const WriteCommand& command, Dossier& dossier) {
  if (command.finality.has_value()) dossier.finality = *command.finality;
  if (command.residence.has_value()) dossier.residence = *command.residence;
  if (command.has_start_qualification.has_value()) {
    dossier.has_start_qualification = *command.has_start_qualification;
  }
  if (command.due_on.has_value()) dossier.due_on = *command.due_on;
}

// Facts alone do not move the dossier.
absl::StatusOr<DossierChange> WriteFacts(const DossierRow& row, const Asker& asker) {
  if (!Guides(row.dossier, asker.organisation)) {
    return errors::RoleRequired("the delivering or the responsible organisation alone does this");
  }
  if (row.dossier.state == DossierState::kWithdrawn) {
    return errors::StateConflict("the dossier is WITHDRAWN", {{"state", "WITHDRAWN"}});
  }
  return BeginChange(row, "UPDATE_FACTS");
}

}  // namespace

WarmHandover InitialHandover(bool needed, int school_year) {
  WarmHandover handover;
  if (!needed) return handover;
  handover.state = HandoverState::kNeeded;
  handover.due_on = absl::CivilDay(school_year + 1, 7, 31);
  return handover;
}

Dossier Start(Dossier draft, const Asker& asker) {
  draft.delivering = asker.organisation;
  draft.responsible = asker.organisation;
  draft.receiving.reset();
  draft.state = DossierState::kAInProgress;
  draft.state_times = {{DossierState::kAInProgress, asker.now}};
  draft.version = 1;
  draft.created_at = asker.now;
  draft.updated_at = asker.now;
  return draft;
}

absl::StatusOr<DossierChange> Write(const DossierRow& row, const Asker& asker,
                                    const WriteCommand& command) {
  const CategorySet touched = Touched(command);
  if (!row.granted.ContainsAll(touched)) {
    return errors::RoleRequired(
        "a section that the caller may not see is not the caller's to write");
  }
  const bool content = !touched.empty() || command.finality.has_value();
  const Event event = kPartA.ContainsAll(touched) ? Event::kWritePartA : Event::kWrite;
  absl::StatusOr<DossierChange> change =
      content ? Advance(row, asker, event, "UPDATE") : WriteFacts(row, asker);
  VSV_RETURN_IF_ERROR(change.status());
  SetFacts(command, change->dossier);
  TakeBack(row, *change);
  change->sections = command.sections;
  change->cleared = command.cleared;
  if (command.handover_needed && row.handover.state == HandoverState::kNotNeeded) {
    change->handover = InitialHandover(true, row.dossier.school_year);
  }
  return WithCounts(row, asker, *std::move(change));
}

absl::StatusOr<DossierChange> CompletePartA(const DossierRow& row, const Asker& asker) {
  VSV_ASSIGN_OR_RETURN(DossierChange change,
                       Advance(row, asker, Event::kCompletePartA, "COMPLETE_PART_A"));
  for (const Category category : kPartA.Members()) {
    if (!HasSection(row, category)) return SectionMissing(category);
  }
  if (HasPartB(row)) Enter(change.dossier, DossierState::kBInProgress, asker.now);
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> CompletePartB(const DossierRow& row, const Asker& asker) {
  VSV_ASSIGN_OR_RETURN(DossierChange change,
                       Advance(row, asker, Event::kCompletePartB, "COMPLETE_PART_B"));
  if (!HasPartB(row) && !row.dossier.late_entrant) return SectionMissing(Category::kSupport);
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> RecordView(const DossierRow& row, const Asker& asker,
                                         PersonView view) {
  VSV_ASSIGN_OR_RETURN(DossierChange change,
                       Advance(row, asker, Event::kRecordView, "RECORD_VIEW"));
  if (view.person == Person::kGuardian &&
      !GuardianMaySee(row.dossier.birth_on, view.seen_on, view.permitted_by_student)) {
    return errors::Precondition("PERSON_NOT_ENTITLED",
                                "from 18 a guardian sees nothing without the student",
                                {{"person", std::string(Name(Person::kGuardian))}});
  }
  VSV_RETURN_IF_ERROR(CheckRoom("views", row.views.size(), kMostViews));
  view.content_version = row.dossier.version;
  view.recorded_at = asker.now;
  change.view = std::move(view);
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> ConfirmAgreement(const DossierRow& row, const Asker& asker,
                                               bool dissent_travels_along) {
  VSV_ASSIGN_OR_RETURN(DossierChange change,
                       Advance(row, asker, Event::kConfirmAgreement, "CONFIRM_AGREEMENT"));
  const absl::Status agreement = CheckAgreement(row, asker.today);
  const bool overruled = dissent_travels_along && errors::ReasonOf(agreement) == "DISAGREEMENT";
  if (!agreement.ok() && !overruled) return agreement;
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> Send(const DossierRow& row, const Asker& asker,
                                   const OrganisationId& addressee) {
  VSV_ASSIGN_OR_RETURN(DossierChange change, Advance(row, asker, Event::kSend, "SEND"));
  const bool applied = std::any_of(
      row.applications.begin(), row.applications.end(), [&](const Application& application) {
        return application.institution == addressee && IsOpen(application.state);
      });
  if (!applied) {
    return errors::Precondition("NO_APPLICATION",
                                "the pupil has no open application at the addressee");
  }
  VSV_RETURN_IF_ERROR(CheckInspection(row, asker.today));
  change.dossier.receiving = addressee;
  change.dossier.responsible = row.dossier.delivering;
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> Accept(const DossierRow& row, const Asker& asker) {
  VSV_ASSIGN_OR_RETURN(DossierChange change, Advance(row, asker, Event::kAccept, "ACCEPT"));
  change.dossier.responsible = asker.organisation;
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> Reject(const DossierRow& row, const Asker& asker,
                                     absl::string_view reason, absl::string_view note) {
  VSV_ASSIGN_OR_RETURN(DossierChange change, Advance(row, asker, Event::kReject, "REJECT"));
  change.dossier.rejection_reason = std::string(reason);
  change.dossier.rejection_note = std::string(note);
  CategorySet content = kAllCategories;
  content.Remove(Category::kProcess);  // that it was there and was sent back, it may go on knowing
  change.recall = Recall{asker.organisation, content, RecallReason::kBasisEnded};
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> TakeIn(const DossierRow& row, const Asker& asker) {
  VSV_ASSIGN_OR_RETURN(DossierChange change, Advance(row, asker, Event::kProcess, "PROCESS"));
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> Withdraw(const DossierRow& row, const Asker& asker) {
  VSV_ASSIGN_OR_RETURN(DossierChange change, Advance(row, asker, Event::kWithdraw, "WITHDRAW"));
  if (change.dossier.receiving.has_value()) {
    change.recall = Recall{*change.dossier.receiving, kAllCategories, RecallReason::kBasisEnded};
    change.dossier.receiving.reset();
  }
  return WithCounts(row, asker, std::move(change));
}

}  // namespace vsv::dossiers
