-- Verify dossiers:erasure_told on pg
BEGIN;

-- Fails by division when the function is still that of before; the other one is replaced in the same transaction.
SELECT 1 / count(*) FROM pg_proc WHERE proname = 'vsv_erase_dossier' AND position('CONSENTED_PARTY' IN prosrc) > 0;

ROLLBACK;
