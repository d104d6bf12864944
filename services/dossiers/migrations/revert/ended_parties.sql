-- Revert dossiers:ended_parties from pg
BEGIN;
DROP FUNCTION close_parties(text[], uuid[], text[], text[], timestamptz[]);
COMMIT;
