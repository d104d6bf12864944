-- Verify dossiers:erasure_told on pg
BEGIN;

-- Fails by division when either function is still that of before.
SELECT 1 / (count(*) = 2)::int FROM pg_proc
 WHERE (proname = 'vsv_erase_dossier' AND position('APPLIED_TO' IN prosrc) > 0)
    OR (proname = 'erase_dossiers' AND position('ACCEPTED' IN prosrc) > 0);

ROLLBACK;
