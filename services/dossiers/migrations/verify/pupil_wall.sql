-- Verify dossiers:pupil_wall on pg
BEGIN;

-- Fails by division when a policy of pupils takes the numbers from the setting for every row.
SELECT 1 / (count(*) = 2)::int
FROM pg_policies
WHERE schemaname = 'public' AND policyname IN ('pupils_read', 'pupils_make')
  AND coalesce(qual, with_check) LIKE '%( SELECT vsv_pgn_hashes()%';

ROLLBACK;
