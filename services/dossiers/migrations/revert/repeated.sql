-- Revert dossiers:repeated from pg
BEGIN;
DROP FUNCTION repeated_dossiers(text[], uuid[], text[], text[], uuid[]);
COMMIT;
