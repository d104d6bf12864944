-- Verify dossiers:erasure on pg
BEGIN;

SELECT region_id, dossier_hash, erased_at, ground FROM erasures WHERE false;
-- Fails by division when somebody may erase who must not, or the other way round.
SELECT 1 / (has_function_privilege(role, name || '(text[], uuid[], bytea[], timestamptz[], text[])', 'EXECUTE') = may)::int
FROM (VALUES ('vsv_dossiers_app', 'erase_dossiers', true), ('vsv_dossiers_app', 'erase_dossiers_again', false),
             ('vsv_dossiers_worker', 'erase_dossiers', false), ('vsv_dossiers_worker', 'erase_dossiers_again', true))
     AS t (role, name, may);

ROLLBACK;
