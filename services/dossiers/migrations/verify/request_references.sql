-- Verify dossiers:request_references on pg
BEGIN;

SELECT 1 / (count(*) = 1)::int FROM pg_indexes
 WHERE tablename = 'request_records' AND indexname = 'request_records_reference_idx' AND indexdef LIKE '%USING hash (reference)';

ROLLBACK;
