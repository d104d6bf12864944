-- Revert dossiers:request_references from pg
BEGIN;
DROP INDEX request_records_reference_idx;
COMMIT;
