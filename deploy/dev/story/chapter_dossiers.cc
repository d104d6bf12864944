#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"

#include "vsv/dossiers/v1/dossier_requests.pb.h"
#include "vsv/dossiers/v1/handover_requests.pb.h"
#include "vsv/dossiers/v1/related_requests.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"

#include <set>

#include "deploy/dev/story/chapters.h"
#include "deploy/dev/story/pupils.h"

namespace vsv::story {
namespace {

namespace dossiers = ::vsv::dossiers::v1;

constexpr char kTransition[] = "transition";
constexpr uint64_t kSeed = 20'260'801;
// The followed pupil has a number beyond the generated ones, a new one in every walk.
constexpr int kFirstFollowed = 8'000;
constexpr int kLastFollowed = 9'000;

std::vector<Catchment> Catchments() {
  const std::vector<std::string> eem = {"GM0307", "GM0308", "GM0313", "GM0327", "GM0342", "GM0351"};
  const std::vector<std::string> utrecht = {"GM0344", "GM0355", "GM0310",
                                            "GM0356", "GM0353", "GM1581"};
  std::vector<std::string> eem_wide = eem;
  eem_wide.push_back("GM0355");  // some live across the border: Zeist
  std::vector<std::string> utrecht_wide = utrecht;
  utrecht_wide.push_back("GM0342");  // Soest
  return {{"16",
           "vmbo-de-eemhoek",
           eem_wide,
           {"mbo-amersfoort", "roc-midden-nederland", "rocmn-techniek-utrecht"}},
          {"19",
           "college-de-vecht",
           utrecht,
           {"roc-midden-nederland", "rocmn-techniek-utrecht", "mbo-amersfoort"}},
          {"16",
           "praktijkschool-de-brug",
           eem,
           {"roc-midden-nederland", "mbo-amersfoort", "rocmn-techniek-utrecht"}},
          {"19",
           "praktijkschool-de-werf",
           utrecht_wide,
           {"rocmn-techniek-utrecht", "roc-midden-nederland", "mbo-amersfoort"}}};
}

// The one institution of the other region alone, or a residence over the border.
bool Crosses(const Pupil& pupil) {
  static const std::set<std::string> eem = {"GM0307", "GM0308", "GM0313",
                                            "GM0327", "GM0342", "GM0351"};
  const bool lives_in_eem = eem.contains(pupil.municipality_code);
  return (pupil.region == "16") != lives_in_eem ||
         (pupil.region == "16" && pupil.mbo == "rocmn-techniek-utrecht") ||
         (pupil.region == "19" && pupil.mbo == "mbo-amersfoort");
}

absl::Status Assemble(Plot& plot) {
  for (const Catchment& catchment : Catchments()) {
    VSV_ASSIGN_OR_RETURN(plot.schools[catchment.school], EnterSchool(plot, catchment.school));
    for (const std::string& mbo : catchment.institutions) {
      VSV_ASSIGN_OR_RETURN(plot.mbos[mbo], EnterMbo(plot, mbo));
    }
  }
  plot.everyone = plot.schools;
  plot.everyone.insert(plot.mbos.begin(), plot.mbos.end());
  return absl::OkStatus();
}

absl::Status TellGenerated(Plot& plot) {
  const std::vector<Pupil> pupils = GeneratePupils(kSeed, plot.pupils, plot.year, Catchments());
  const absl::Time start = absl::Now();
  VSV_ASSIGN_OR_RETURN(const WalkResult walked,
                       WalkTransitions(pupils, plot.everyone, plot.year, 16));
  int crossing = 0;
  for (const Pupil& pupil : pupils) crossing += Crosses(pupil) ? 1 : 0;
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  return plot.narrator.Step(
      walked.dossiers == plot.pupils, "4 schools, 3 mbo",
      absl::StrCat("the transition of ", plot.pupils, " pupils"),
      absl::StrCat(walked.dossiers, " dossiers, ", crossing, " cross regions; ", walked.calls,
                   " calls in ", static_cast<int>(seconds), " s"));
}

// Calls on the followed dossier.
class Followed {
 public:
  explicit Followed(Plot& plot)
      : plot_(plot),
        school_(*plot.schools.at("vmbo-de-eemhoek")),
        mbo_(*plot.mbos.at("rocmn-techniek-utrecht")) {}

  absl::Status Tell() {
    VSV_RETURN_IF_ERROR(Write());
    VSV_RETURN_IF_ERROR(Agree());
    VSV_RETURN_IF_ERROR(Send());
    VSV_RETURN_IF_ERROR(Consent());
    VSV_RETURN_IF_ERROR(Receive());
    return Handover();
  }

 private:
  template <typename Request>
  absl::StatusOr<dossiers::Dossier> On(const Actor& actor, const std::string& method,
                                       Request request = {}) {
    request.set_name(plot_.dossier);
    return actor.Call<dossiers::Dossier>(method, request, kTransition);
  }

  absl::Status Tells(const Actor& actor, absl::string_view asked,
                     const absl::StatusOr<dossiers::Dossier>& reply,
                     dossiers::DossierState expected) {
    const std::string answer =
        reply.ok() ? std::string(absl::StripPrefix(dossiers::DossierState_Name(reply->state()),
                                                   "DOSSIER_STATE_"))
                   : Told(reply.status());
    return plot_.narrator.Step(reply.ok() && reply->state() == expected, actor.id(), asked, answer);
  }

  absl::Status Write() {
    dossiers::CreateDossierRequest create;
    create.set_parent("regions/16");
    dossiers::Dossier& dossier = *create.mutable_dossier();
    const int64_t turn = absl::ToUnixSeconds(absl::Now()) % (kLastFollowed - kFirstFollowed);
    dossier.set_pgn(TestPgn(kFirstFollowed + static_cast<int>(turn)));
    dossier.set_origin(dossiers::ORIGIN_VO_SCHOOL);
    dossier.set_finality(dossiers::FINALITY_FINAL);
    dossier.set_school_year(absl::StrCat(plot_.year - 1, "-", plot_.year));
    dossier.set_residence_municipality_code("GM0307");
    SetDate(absl::CivilDay(plot_.year, 6, 15), dossier.mutable_due_date());
    dossier.mutable_administrative()->set_given_names("Voorbeeld");
    dossier.mutable_administrative()->set_family_name("Testman");
    SetDate(absl::CivilDay(plot_.year - 17, 8, 20),
            dossier.mutable_administrative()->mutable_birth_date());
    dossier.mutable_career()->set_study_choice("25998 Software developer");
    dossier.mutable_career()->set_motivation("I want to make things that work.");
    const absl::StatusOr<dossiers::Dossier> made =
        school_.Call<dossiers::Dossier>("CreateDossier", create, kTransition);
    if (made.ok()) plot_.dossier = made->name();
    VSV_RETURN_IF_ERROR(Tells(school_, "CreateDossier in regions/16, part A by the pupil", made,
                              dossiers::DOSSIER_STATE_A_IN_PROGRESS));
    plot_.narrator.Detail(plot_.dossier);
    const absl::StatusOr<dossiers::Dossier> a_done =
        On<dossiers::CompletePartARequest>(school_, "CompletePartA");
    VSV_RETURN_IF_ERROR(
        plot_.narrator.Step(a_done.ok(), school_.id(), "CompletePartA", Told(a_done.status())));

    dossiers::UpdateDossierRequest update;
    dossiers::Dossier& part_b = *update.mutable_dossier();
    part_b.set_name(plot_.dossier);
    part_b.set_etag(a_done->etag());
    part_b.mutable_social_emotional()->set_development(
        "Open in small groups, quiet in large ones.");
    part_b.mutable_support()->set_extra_support_needed(true);
    part_b.mutable_support()->set_educational_needs("A fixed mentor.");
    part_b.mutable_support()->mutable_transfer_advice()->add_points_of_attention(
        "Needs to know the day's plan in the morning.");
    part_b.mutable_health()->add_diagnoses()->set_name("Dyslexia");
    part_b.mutable_extra_care()->set_home_situation("Lives with her grandmother this year.");
    for (const char* path : {"social_emotional", "support", "health", "extra_care"})
      update.mutable_update_mask()->add_paths(path);
    const absl::StatusOr<dossiers::Dossier> written =
        school_.Call<dossiers::Dossier>("UpdateDossier", update, kTransition);
    VSV_RETURN_IF_ERROR(plot_.narrator.Step(
        written.ok(), school_.id(), "UpdateDossier, part B by the mentor", Told(written.status())));
    const absl::StatusOr<dossiers::Dossier> b_done =
        On<dossiers::CompletePartBRequest>(school_, "CompletePartB");
    return plot_.narrator.Step(b_done.ok(), school_.id(), "CompletePartB", Told(b_done.status()));
  }

  absl::Status Saw(dossiers::Person person, const std::string& role, dossiers::Opinion opinion,
                   const std::string& reason) {
    dossiers::RecordViewRequest request;
    request.mutable_view()->set_person(person);
    request.mutable_view()->set_role(role);
    request.mutable_view()->set_opinion(opinion);
    request.mutable_view()->set_reason(reason);
    request.mutable_view()->set_evidence("signed form, seen by the mentor");
    SetDate(absl::CivilDay(plot_.year, 10, 20), request.mutable_view()->mutable_seen_date());
    const absl::StatusOr<dossiers::Dossier> reply = On(school_, "RecordView", request);
    return plot_.narrator.Step(
        reply.ok(), school_.id(),
        absl::StrCat("RecordView: the ", role, " has seen it (inzage), ",
                     opinion == dossiers::OPINION_AGREES ? "agrees" : "does not agree"),
        Told(reply.status()));
  }

  // The pupil is 16: her word decides, her guardian's is kept as a view.
  absl::Status Agree() {
    VSV_RETURN_IF_ERROR(Saw(dossiers::PERSON_PUPIL, "pupil", dossiers::OPINION_AGREES, ""));
    VSV_RETURN_IF_ERROR(Saw(dossiers::PERSON_GUARDIAN, "grandmother", dossiers::OPINION_DISAGREES,
                            "The motivation is too short."));
    return Tells(school_, "ConfirmAgreement (at 16 the pupil decides)",
                 On<dossiers::ConfirmAgreementRequest>(school_, "ConfirmAgreement"),
                 dossiers::DOSSIER_STATE_AGREED);
  }

  absl::Status Send() {
    dossiers::SendDossierRequest send;
    send.set_receiving_organisation(mbo_.name());
    const absl::Status refused = On(school_, "SendDossier", send).status();
    VSV_RETURN_IF_ERROR(plot_.narrator.Step(errors::ReasonOf(refused) == "NO_APPLICATION",
                                            school_.id(), "SendDossier before she applied",
                                            Told(refused)));
    const absl::Status unseen = On<dossiers::GetDossierRequest>(mbo_, "GetDossier").status();
    VSV_RETURN_IF_ERROR(plot_.narrator.Step(errors::ReasonOf(unseen) == "DOSSIER_NOT_FOUND",
                                            mbo_.id(), "GetDossier before it was sent",
                                            Told(unseen)));
    dossiers::CreateApplicationRequest apply;
    apply.set_parent(plot_.dossier);
    apply.mutable_application()->set_institution(mbo_.name());
    apply.mutable_application()->set_course("25998 Software developer");
    SetDate(absl::CivilDay(plot_.year, 10, 25),
            apply.mutable_application()->mutable_application_date());
    const absl::StatusOr<dossiers::Application> applied =
        school_.Call<dossiers::Application>("CreateApplication", apply, kTransition);
    VSV_RETURN_IF_ERROR(plot_.narrator.Step(applied.ok(), school_.id(),
                                            "CreateApplication at rocmn-techniek-utrecht",
                                            Told(applied.status())));
    return Tells(school_, "SendDossier to rocmn-techniek-utrecht, in the other region",
                 On(school_, "SendDossier", send), dossiers::DOSSIER_STATE_SENT);
  }

  absl::StatusOr<std::string> ConsentFor(const std::string& recipient,
                                         policy::v1::Purpose purpose) {
    dossiers::RecordConsentRequest request;
    request.set_parent(plot_.dossier);
    dossiers::Consent& consent = *request.mutable_consent();
    consent.set_category(policy::v1::DATA_CATEGORY_EXTRA_CARE);
    consent.set_recipient(absl::StrCat("organisations/", recipient));
    consent.set_purpose(purpose);
    SetDate(plot_.today, consent.mutable_start_date());
    SetDate(plot_.today + 365, consent.mutable_end_date());
    SetDate(plot_.today, consent.mutable_given_date());
    consent.set_given_by(dossiers::PERSON_PUPIL);
    consent.set_evidence("form of today");
    const absl::StatusOr<dossiers::Consent> recorded =
        school_.Call<dossiers::Consent>("RecordConsent", request, kTransition);
    VSV_RETURN_IF_ERROR(plot_.narrator.Step(
        recorded.ok(), school_.id(), absl::StrCat("RecordConsent: extra care data to ", recipient),
        Told(recorded.status())));
    return recorded->name();
  }

  absl::Status Consent() {
    VSV_ASSIGN_OR_RETURN(plot_.mbo_consent,
                         ConsentFor("rocmn-techniek-utrecht", policy::v1::PURPOSE_TRANSITION));
    VSV_ASSIGN_OR_RETURN(plot_.municipality_consent,
                         ConsentFor("gemeente-amersfoort", policy::v1::PURPOSE_RMC));
    return absl::OkStatus();
  }

  absl::Status Receive() {
    const absl::StatusOr<dossiers::Dossier> seen =
        On<dossiers::GetDossierRequest>(mbo_, "GetDossier");
    if (!seen.ok()) return plot_.narrator.Step(false, mbo_.id(), "GetDossier", Told(seen.status()));
    std::set<std::string> categories;
    for (const int category : seen->granted_categories()) {
      categories.insert(std::string(absl::StripPrefix(
          policy::v1::DataCategory_Name(static_cast<policy::v1::DataCategory>(category)),
          "DATA_CATEGORY_")));
    }
    const std::set<std::string> due = {"PROCESS",          "ADMINISTRATIVE", "PGN",     "CAREER",
                                       "SOCIAL_EMOTIONAL", "SUPPORT",        "ABSENCE", "VIEW",
                                       "EXTRA_CARE"};
    VSV_RETURN_IF_ERROR(plot_.narrator.Step(
        categories == due && seen->has_support() && seen->has_extra_care() && !seen->has_health(),
        mbo_.id(), "GetDossier: exactly what it may have", absl::StrJoin(categories, " ")));
    return Tells(mbo_, "AcceptDossier", On<dossiers::AcceptDossierRequest>(mbo_, "AcceptDossier"),
                 dossiers::DOSSIER_STATE_ACCEPTED);
  }

  absl::Status Handover() {
    dossiers::PlanWarmHandoverRequest plan;
    SetDate(plot_.today, plan.mutable_planned_date());
    const absl::StatusOr<dossiers::Dossier> planned = On(mbo_, "PlanWarmHandover", plan);
    VSV_RETURN_IF_ERROR(plot_.narrator.Step(
        planned.ok(), mbo_.id(), "PlanWarmHandover (warme overdracht)", Told(planned.status())));
    dossiers::HoldWarmHandoverRequest hold;
    SetDate(plot_.today, hold.mutable_held_date());
    for (const dossiers::Participant who :
         {dossiers::PARTICIPANT_PUPIL, dossiers::PARTICIPANT_DELIVERING,
          dossiers::PARTICIPANT_RECEIVING})
      hold.add_participants(who);
    const absl::StatusOr<dossiers::Dossier> held = On(mbo_, "HoldWarmHandover", hold);
    return plot_.narrator.Step(
        held.ok() && held->warm_handover().state() == dossiers::HANDOVER_STATE_HELD, mbo_.id(),
        "HoldWarmHandover, with the pupil", held.ok() ? "HELD" : Told(held.status()));
  }

  Plot& plot_;
  const Actor& school_;
  const Actor& mbo_;
};

}  // namespace

absl::Status TellDossiers(Plot& plot) {
  plot.narrator.Chapter(3, "dossiers: the transition of every pupil, and of one in full");
  VSV_RETURN_IF_ERROR(Assemble(plot));
  VSV_RETURN_IF_ERROR(TellGenerated(plot));
  return Followed(plot).Tell();
}

}  // namespace vsv::story
