-- Verify dossiers:row_security on pg
BEGIN;

-- Fails by division when a table of personal data stands open.
SELECT 1 / (count(*) = 12)::int
FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND relforcerowsecurity
  AND relname IN ('pupils', 'dossiers', 'dossier_sections', 'dossier_parties', 'person_views', 'applications', 'consents',
                  'warm_handovers', 'warm_handover_texts', 'first_year_outcomes', 'holdings', 'recalls');

ROLLBACK;
