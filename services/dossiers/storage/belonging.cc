#include "services/dossiers/storage/belonging.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/statements.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <optional>

namespace vsv::dossiers {
namespace {

absl::Status ClearSections(pg::Transaction& tx, const std::vector<Of<Category>>& cleared) {
  return Write(tx, sql::kClearSections, cleared,
               pg::Params()
                   .TextArray(Regions(cleared))
                   .TextArray(DossierIds(cleared))
                   .TextArray(Texts(cleared, [](const Of<Category>& i) { return Name(i.item); })));
}

absl::Status WriteViews(pg::Transaction& tx, const std::vector<Of<const PersonView*>>& views) {
  using Item = Of<const PersonView*>;
  return Write(
      tx, sql::kInsertViews, views,
      pg::Params()
          .TextArray(Regions(views))
          .TextArray(DossierIds(views))
          .TextArray(Texts(views, [](const Item& i) { return i.item->id.value(); }))
          .TextArray(Texts(views, [](const Item& i) { return Name(i.item->person); }))
          .TextArray(Texts(views, [](const Item& i) { return i.item->role; }))
          .DayArray(Days(views, [](const Item& i) { return i.item->seen_on; }))
          .TextArray(Texts(views, [](const Item& i) { return Name(i.item->opinion); }))
          .TextArray(Texts(views, [](const Item& i) { return i.item->reason; }))
          .TextArray(Texts(views, [](const Item& i) { return i.item->evidence; }))
          .BoolArray(Bools(views, [](const Item& i) { return i.item->permitted_by_student; }))
          .IntArray(Ints(views, [](const Item& i) { return i.item->content_version; }))
          .TimeArray(Times(views, [](const Item& i) { return i.item->recorded_at; })));
}

absl::Status WriteApplications(pg::Transaction& tx,
                               const std::vector<Of<const Application*>>& applications) {
  using Item = Of<const Application*>;
  return Write(
      tx, sql::kPutApplications, applications,
      pg::Params()
          .TextArray(Regions(applications))
          .TextArray(DossierIds(applications))
          .TextArray(Texts(applications, [](const Item& i) { return i.item->id.value(); }))
          .TextArray(Texts(applications, [](const Item& i) { return i.item->institution.value(); }))
          .TextArray(Texts(applications, [](const Item& i) { return i.item->course; }))
          .DayArray(Days(applications, [](const Item& i) { return i.item->applied_on; }))
          .TextArray(Texts(applications, [](const Item& i) { return Name(i.item->state); }))
          .DayArray(Days(applications, [](const Item& i) { return i.item->state_on; }))
          .TimeArray(Times(applications, [](const Item& i) { return i.item->created_at; })));
}

absl::Status WriteConsents(pg::Transaction& tx, const std::vector<Of<const Consent*>>& consents) {
  using Item = Of<const Consent*>;
  return Write(
      tx, sql::kPutConsents, consents,
      pg::Params()
          .TextArray(Regions(consents))
          .TextArray(DossierIds(consents))
          .TextArray(Texts(consents, [](const Item& i) { return i.item->id.value(); }))
          .TextArray(Texts(consents, [](const Item& i) { return Name(i.item->category); }))
          .TextArray(Texts(consents, [](const Item& i) { return i.item->recipient.value(); }))
          .TextArray(Texts(consents, [](const Item& i) { return Name(i.item->purpose); }))
          .DayArray(Days(consents, [](const Item& i) { return i.item->valid_from; }))
          .DayArray(Days(consents, [](const Item& i) { return i.item->valid_until; }))
          .TextArray(Texts(consents, [](const Item& i) { return Name(i.item->given_by); }))
          .DayArray(Days(consents, [](const Item& i) { return i.item->given_on; }))
          .TextArray(Texts(consents, [](const Item& i) { return i.item->evidence; }))
          .TextArray(Texts(consents, [](const Item& i) { return i.item->recorded_by.value(); }))
          .TimeArray(Times(consents, [](const Item& i) { return i.item->recorded_at; }))
          .TimeArray(Times(consents, [](const Item& i) { return i.item->withdrawn_at; })));
}

absl::Status WriteHandoverTexts(pg::Transaction& tx,
                                const std::vector<Of<const HandoverTexts*>>& texts) {
  using Item = Of<const HandoverTexts*>;
  return Write(
      tx, sql::kPutHandoverTexts, texts,
      pg::Params()
          .TextArray(Regions(texts))
          .TextArray(DossierIds(texts))
          .TextArray(OptionalTexts(texts, [](const Item& i) { return i.item->agreed_support; }))
          .TextArray(OptionalTexts(texts, [](const Item& i) { return i.item->follow_up_outcome; }))
          .TextArray(OptionalTexts(texts, [](const Item& i) { return i.item->declined_reason; })));
}

absl::Status WriteFirstYear(pg::Transaction& tx,
                            const std::vector<Of<const FirstYearOutcome*>>& outcomes) {
  using Item = Of<const FirstYearOutcome*>;
  return Write(tx, sql::kPutFirstYear, outcomes,
               pg::Params()
                   .TextArray(Regions(outcomes))
                   .TextArray(DossierIds(outcomes))
                   .DayArray(Days(outcomes, [](const Item& i) { return i.item->count_on; }))
                   .TextArray(Texts(outcomes, [](const Item& i) { return Name(i.item->status); }))
                   .TextArray(Texts(outcomes, [](const Item& i) { return i.item->reason; }))
                   .TextArray(Texts(outcomes, [](const Item& i) { return i.item->destination; }))
                   .TimeArray(Times(outcomes, [](const Item& i) { return i.item->recorded_at; })));
}

absl::Status WriteRecalls(pg::Transaction& tx, const std::vector<Of<const Recall*>>& recalls) {
  if (recalls.empty()) return absl::OkStatus();
  using Item = Of<const Recall*>;
  VSV_ASSIGN_OR_RETURN(
      const pg::Result result,
      tx.Execute(
          sql::kRecallDossiers,
          pg::Params()
              .TextArray(Regions(recalls))
              .TextArray(DossierIds(recalls))
              .IntArray(Ints(recalls, [](const Item& i) { return i.dossier->version; }))
              .TextArray(Texts(recalls, [](const Item& i) { return i.item->holder.value(); }))
              .TextArray(
                  Texts(recalls, [](const Item& i) { return i.item->categories.ToString(); }))
              .TextArray(Texts(recalls, [](const Item& i) { return Name(i.item->reason); }))
              .TimeArray(Times(recalls, [](const Item& i) { return i.dossier->updated_at; }))));
  if (result[0].Int("able") != static_cast<int64_t>(recalls.size())) {
    return errors::Internal("the wall kept a recall from being noted");
  }
  return absl::OkStatus();
}

// Calls `visit` with each change and appends what it gives.
template <typename T, typename Visit>
std::vector<Of<T>> Collect(const std::vector<const DossierChange*>& changes, Visit visit) {
  std::vector<Of<T>> items;
  for (const DossierChange* change : changes) {
    visit(*change, [&](T item) { items.push_back({&change->dossier, item}); });
  }
  return items;
}

bool HasTexts(const HandoverTexts& texts) {
  return texts.agreed_support.has_value() || texts.follow_up_outcome.has_value() ||
         texts.declined_reason.has_value();
}

}  // namespace

absl::Status WriteSections(pg::Transaction& tx, const std::vector<Of<const Section*>>& sections) {
  using Item = Of<const Section*>;
  return Write(tx, sql::kPutSections, sections,
               pg::Params()
                   .TextArray(Regions(sections))
                   .TextArray(DossierIds(sections))
                   .TextArray(Texts(sections, [](const Item& i) { return Name(i.item->category); }))
                   .BytesArray(Texts(sections, [](const Item& i) { return i.item->document; })));
}

absl::Status WriteHandovers(pg::Transaction& tx,
                            const std::vector<Of<const WarmHandover*>>& handovers) {
  using Item = Of<const WarmHandover*>;
  const auto participants = [](const Item& i) {
    return absl::StrJoin(i.item->participants, ",", [](std::string* out, Participant participant) {
      absl::StrAppend(out, Name(participant));
    });
  };
  const auto agreed_by = [](const Item& i) {
    return i.item->support_agreed_by.has_value()
               ? std::optional<std::string>(Name(*i.item->support_agreed_by))
               : std::nullopt;
  };
  return Write(
      tx, sql::kPutHandovers, handovers,
      pg::Params()
          .TextArray(Regions(handovers))
          .TextArray(DossierIds(handovers))
          .TextArray(Texts(handovers, [](const Item& i) { return Name(i.item->state); }))
          .DayArray(Days(handovers, [](const Item& i) { return i.item->planned_on; }))
          .DayArray(Days(handovers, [](const Item& i) { return i.item->held_on; }))
          .TextArray(Texts(handovers, participants))
          .DayArray(Days(handovers, [](const Item& i) { return i.item->support_agreed_on; }))
          .TextArray(OptionalTexts(handovers, agreed_by))
          .DayArray(Days(handovers, [](const Item& i) { return i.item->first_school_day; }))
          .DayArray(Days(handovers, [](const Item& i) { return i.item->followed_up_on; }))
          .DayArray(Days(handovers, [](const Item& i) { return i.item->due_on; })));
}

absl::Status WriteBelongings(pg::Transaction& tx,
                             const std::vector<const DossierChange*>& changes) {
  VSV_RETURN_IF_ERROR(
      WriteSections(tx, Collect<const Section*>(changes, [](const DossierChange& change, auto add) {
                      for (const Section& section : change.sections) add(&section);
                    })));
  VSV_RETURN_IF_ERROR(
      ClearSections(tx, Collect<Category>(changes, [](const DossierChange& change, auto add) {
                      for (const Category category : change.cleared) add(category);
                    })));
  VSV_RETURN_IF_ERROR(
      WriteViews(tx, Collect<const PersonView*>(changes, [](const DossierChange& change, auto add) {
                   if (change.view.has_value()) add(&*change.view);
                 })));
  VSV_RETURN_IF_ERROR(WriteApplications(
      tx, Collect<const Application*>(changes, [](const DossierChange& change, auto add) {
        if (change.application.has_value()) add(&*change.application);
      })));
  VSV_RETURN_IF_ERROR(
      WriteConsents(tx, Collect<const Consent*>(changes, [](const DossierChange& change, auto add) {
                      if (change.consent.has_value()) add(&*change.consent);
                    })));
  VSV_RETURN_IF_ERROR(WriteHandovers(
      tx, Collect<const WarmHandover*>(changes, [](const DossierChange& change, auto add) {
        if (change.handover.has_value()) add(&*change.handover);
      })));
  VSV_RETURN_IF_ERROR(WriteHandoverTexts(
      tx, Collect<const HandoverTexts*>(changes, [](const DossierChange& change, auto add) {
        if (HasTexts(change.handover_texts)) add(&change.handover_texts);
      })));
  VSV_RETURN_IF_ERROR(WriteFirstYear(
      tx, Collect<const FirstYearOutcome*>(changes, [](const DossierChange& change, auto add) {
        if (change.first_year.has_value()) add(&*change.first_year);
      })));
  return WriteRecalls(tx,
                      Collect<const Recall*>(changes, [](const DossierChange& change, auto add) {
                        if (change.recall.has_value()) add(&*change.recall);
                      }));
}

}  // namespace vsv::dossiers
