// What can be tested here of "growing past one machine" and of least privilege: the catalogue.
#include "libs/pg/transaction.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"
#include "services/dossiers/storage/statements.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <set>
#include <string>
#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// Tables that are small and the same everywhere, or belong to the mechanics of a library.
constexpr char kShared[] =
    "('basis_rules', 'directory_organisations', 'directory_lineages', 'directory_identifiers', "
    "'directory_agreements', 'directory_agreement_parties', 'directory_mandates', "
    "'directory_credentials', 'projection_cursors', 'feed_sequencer', 'feed_epoch', 'audit_trail', "
    "'audit_segments', 'audit_checkpoints')";

constexpr char kPersonal[] =
    "('pupils', 'dossiers', 'dossier_sections', 'dossier_parties', 'person_views', 'applications', "
    "'consents', 'warm_handovers', 'warm_handover_texts', 'first_year_outcomes', 'holdings', "
    "'recalls', 'audit_entries', 'audit_entry_subjects')";

constexpr char kImpersonal[] =
    "("
    // Organisations, and what holds between them.
    "'directory_organisations', 'directory_lineages', 'directory_identifiers', "
    "'directory_regions', 'directory_memberships', 'directory_programme_roles', "
    "'directory_agreements', 'directory_agreement_parties', 'directory_mandates', "
    "'directory_credentials', "
    // Rules, which hold for all; numbers of dossiers.
    "'basis_rules', 'process_counts', "
    // Ids, with hashes and keys: nothing is said of them but that they changed, were asked for or
    // erased.
    "'feed', 'feed_outbox', 'request_records', 'erasures', 'subject_keys', "
    // Where a mechanism stands; what the trail is sealed with.
    "'feed_heads', 'feed_sequencer', 'feed_epoch', 'projection_cursors', 'audit_trail', "
    "'audit_segments', 'audit_checkpoints')";

const std::set<std::string> kOfTheWorker = {
    "dossiers.note_begun_consents", "dossiers.note_ended_bases", "dossiers.erase_dossiers_again",
    "dossiers.list_dossier_ids",    "dossiers.list_erasures",    "dossiers.note_erasures"};

class Catalogue : public ::testing::Test {
 protected:
  std::vector<std::string> Rows(const std::string& sql) { return db_->Superuser(sql); }

  std::unique_ptr<testing::PgDatabase> db_ = testing::PgDatabase::OfService("dossiers");
};

TEST_F(Catalogue, EveryStatementPrepares) {
  const pg::Pool& pool = db_->app();
  (void)pool;
  for (const pg::Statement* statement : sql::kAll) {
    const std::string name = statement->name;
    const std::string role = kOfTheWorker.count(name) > 0 ? "worker" : "app";
    const std::vector<std::string> rows = db_->Superuser(
        absl::StrCat("SET ROLE vsv_dossiers_", role, "; PREPARE p AS ", statement->sql,
                     "; SELECT count(*) FROM pg_prepared_statements WHERE name = 'p'"));
    EXPECT_THAT(rows, ::testing::ElementsAre("1")) << name;
  }
}

TEST_F(Catalogue, RegionIsInEveryKeyOfRegionOwnedTables) {
  EXPECT_THAT(Rows(absl::StrCat(
                  "SELECT c.conrelid::regclass, c.conname FROM pg_constraint c "
                  "JOIN pg_class t ON t.oid = c.conrelid "
                  "WHERE t.relnamespace = 'public'::regnamespace AND c.contype IN ('p', 'u', 'f') "
                  "AND t.relname NOT IN ",
                  kShared,
                  " AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid "
                  "AND a.attname = 'region_id' AND a.attnum = ANY (c.conkey))")),
              IsEmpty());
  EXPECT_THAT(Rows(absl::StrCat(
                  "SELECT i.indexrelid::regclass FROM pg_index i JOIN pg_class t ON t.oid = "
                  "i.indrelid WHERE t.relnamespace = 'public'::regnamespace AND i.indisunique "
                  "AND t.relname NOT IN ",
                  kShared,
                  " AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid "
                  "AND a.attname = 'region_id' AND a.attnum = ANY (i.indkey::int2[]))")),
              IsEmpty());
}

TEST_F(Catalogue, EveryTableHasAPrimaryKeyAndNoTrigger) {
  EXPECT_THAT(Rows("SELECT t.relname FROM pg_class t WHERE t.relkind = 'r' AND t.relnamespace = "
                   "'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint c WHERE "
                   "c.conrelid = t.oid AND c.contype = 'p')"),
              IsEmpty());
  EXPECT_THAT(Rows("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"), IsEmpty());
}

TEST_F(Catalogue, EveryConstraintHasANameOfOurs) {
  // A name that PostgreSQL makes up for a CHECK over several columns ends in a number or is the
  // bare table_check; ours say what they are about.
  EXPECT_THAT(Rows("SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace "
                   "AND (conname ~ '_check[0-9]+$' OR conname = conrelid::regclass || '_check' OR "
                   "conname !~ '_(pkey|key|fkey|check|one_row|known|length)$')"),
              IsEmpty());
}

TEST_F(Catalogue, PersonalDataStandsBehindForcedRowSecurity) {
  // Of a new table somebody must have said which it is.
  EXPECT_THAT(Rows(absl::StrCat("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'm', "
                                "'f') AND relnamespace = 'public'::regnamespace AND "
                                "(relname IN ",
                                kPersonal, ") = (relname IN ", kImpersonal, ")")),
              IsEmpty());
  EXPECT_THAT(Rows(absl::StrCat("SELECT relname FROM pg_class WHERE relname IN ", kPersonal,
                                " AND relrowsecurity AND relforcerowsecurity")),
              SizeIs(14));
  // A function with the rights of the owner looks past the wall: none but those that hash the
  // trail, those that erase, those that read content, note recalls and end relations, which ask the
  // wall themselves, and the one that goes by a request of the caller; of a fixed search path, and
  // none for everybody.
  EXPECT_THAT(
      Rows("SELECT proname, proconfig[1], has_function_privilege('vsv_dossiers_app', oid, "
           "'EXECUTE'), has_function_privilege('vsv_dossiers_worker', oid, 'EXECUTE') FROM "
           "pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace ORDER BY 1"),
      ::testing::ElementsAre("audit_backlog|search_path=pg_catalog, public, pg_temp|f|t",
                             "audit_unsealed|search_path=pg_catalog, public, pg_temp|f|t",
                             "close_parties|search_path=pg_catalog, public, pg_temp|t|f",
                             "dossier_contents|search_path=pg_catalog, public, pg_temp|t|f",
                             "erase_dossiers|search_path=pg_catalog, public, pg_temp|t|f",
                             "erase_dossiers_again|search_path=pg_catalog, public, pg_temp|f|t",
                             "recall_dossiers|search_path=pg_catalog, public, pg_temp|t|f",
                             "repeated_dossiers|search_path=pg_catalog, public, pg_temp|t|f"));
  EXPECT_THAT(Rows("SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = "
                   "'public'::regnamespace AND NOT coalesce(reloptions @> "
                   "ARRAY['security_invoker=true'], false)"),
              IsEmpty());
}

TEST_F(Catalogue, NoPolicyOfTheAppStandsOpen) {
  EXPECT_THAT(Rows(absl::StrCat("SELECT tablename, policyname FROM pg_policies WHERE "
                                "'vsv_dossiers_app' = ANY (roles) AND qual = 'true' AND tablename "
                                "IN ",
                                kPersonal)),
              IsEmpty());
}

TEST_F(Catalogue, RolesCanDoNoMoreThanTheyMust) {
  // Deleting: sections that are cleared, and nothing else.
  EXPECT_THAT(Rows("SELECT table_name FROM information_schema.role_table_grants WHERE grantee = "
                   "'vsv_dossiers_app' AND privilege_type IN ('DELETE', 'TRUNCATE', 'TRIGGER', "
                   "'REFERENCES') AND table_name <> 'dossier_sections'"),
              IsEmpty());
  EXPECT_THAT(Rows("SELECT table_name FROM information_schema.role_table_grants WHERE grantee = "
                   "'vsv_dossiers_app' AND privilege_type = 'UPDATE' AND table_name IN "
                   "('audit_entries', 'audit_entry_subjects', 'recalls', 'person_views', 'pupils', "
                   "'basis_rules')"),
              IsEmpty());
  // Recalls are written by a function that asks who stands in the dossier.
  EXPECT_THAT(Rows("SELECT has_table_privilege('vsv_dossiers_app', 'recalls', 'INSERT')"),
              ::testing::ElementsAre("f"));
  EXPECT_THAT(Rows("SELECT rolname FROM pg_roles WHERE rolname LIKE 'vsv_dossiers_%' AND "
                   "(rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole)"),
              IsEmpty());
  // The worker reads no content.
  for (const char* table : {"dossier_sections", "pupils", "person_views", "warm_handover_texts"}) {
    EXPECT_THAT(Rows(absl::StrCat("SELECT has_table_privilege('vsv_dossiers_worker', '", table,
                                  "', 'SELECT')")),
                ::testing::ElementsAre("f"))
        << table;
  }
}

TEST_F(Catalogue, BasisRulesNameTheirSourceAndGrantNoSchoolMoreThanTheList) {
  EXPECT_THAT(Rows("SELECT id FROM basis_rules WHERE length(source) < 10"), IsEmpty());
  EXPECT_THAT(Rows("SELECT id FROM basis_rules WHERE relation = 'RECEIVING' AND category IN "
                   "('HEALTH', 'EXTRA_CARE') AND basis <> 'CONSENT'"),
              IsEmpty());
  EXPECT_THAT(Rows("SELECT id FROM basis_rules WHERE relation LIKE '%RESIDENCE' AND basis = 'LAW'"),
              IsEmpty());
  EXPECT_THAT(Rows("SELECT id FROM basis_rules WHERE relation = 'APPLIED_TO' AND category <> "
                   "'PROCESS'"),
              IsEmpty());
}

}  // namespace
}  // namespace vsv::dossiers
