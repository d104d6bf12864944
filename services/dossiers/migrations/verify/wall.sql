-- Verify dossiers:wall on pg
BEGIN;

SELECT vsv_served_municipalities(), vsv_serves_residence('16', '00000000-0000-7000-8000-000000000000'),
       vsv_sees_dossier('16', '00000000-0000-7000-8000-000000000000');
-- Fails by division when a table of personal data has no policy for the servers.
SELECT 1 / (count(DISTINCT tablename) = 12)::int
FROM pg_policies
WHERE schemaname = 'public' AND 'vsv_dossiers_app' = ANY (roles)
  AND tablename IN ('pupils', 'dossiers', 'dossier_sections', 'dossier_parties', 'person_views', 'applications', 'consents',
                    'warm_handovers', 'warm_handover_texts', 'first_year_outcomes', 'holdings', 'recalls');

ROLLBACK;
