-- Verify dossiers:erasure_told on pg
BEGIN;

-- Fails by division when somebody may erase who must not, or the other way round.
SELECT 1 / (has_function_privilege(role, 'erase_dossiers(text[], uuid[], bytea[], timestamptz[], text[])', 'EXECUTE') = may)::int
FROM (VALUES ('vsv_dossiers_app', true), ('vsv_dossiers_worker', false)) AS t (role, may);

ROLLBACK;
