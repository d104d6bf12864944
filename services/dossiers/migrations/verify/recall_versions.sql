-- Verify dossiers:recall_versions on pg
BEGIN;

-- Fails by division when somebody may look past the wall who must not, or the other way round.
SELECT 1 / (has_function_privilege(role, 'held_version(text, uuid)', 'EXECUTE') = may)::int
FROM (VALUES ('vsv_dossiers_app', true), ('vsv_dossiers_worker', false)) AS t (role, may);

ROLLBACK;
