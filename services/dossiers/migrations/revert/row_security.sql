-- Revert dossiers:row_security from pg
BEGIN;

\set app vsv_dossiers_app
\set worker vsv_dossiers_worker

SELECT format('DROP POLICY %I ON %I', policyname, tablename)
FROM pg_policies
WHERE schemaname = 'public'
  AND tablename IN ('pupils', 'dossiers', 'dossier_sections', 'dossier_parties', 'person_views', 'applications', 'consents',
                    'warm_handovers', 'warm_handover_texts', 'first_year_outcomes', 'holdings', 'recalls')
\gexec
SELECT format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY', name),
       format('REVOKE ALL ON %I FROM %I, %I', name, :'app', :'worker')
FROM unnest(ARRAY['pupils', 'dossiers', 'dossier_sections', 'dossier_parties', 'person_views', 'applications', 'consents',
                  'warm_handovers', 'warm_handover_texts', 'first_year_outcomes', 'holdings', 'recalls']) AS t (name)
\gexec
REVOKE ALL ON process_counts FROM :"app", :"worker";
DROP FUNCTION vsv_served_municipalities();
DROP FUNCTION vsv_callers();
DROP FUNCTION vsv_pgn_hashes();

COMMIT;
