-- Verify outcomes:published_untold on pg
BEGIN;
SELECT 1 / count(*) FROM pg_class WHERE oid = 'cohort_pupils'::regclass AND relforcerowsecurity;
ROLLBACK;
