-- Verify dossiers:ended_parties on pg
BEGIN;

-- Fails by division when somebody may end relations who must not, or the other way round.
SELECT 1 / (has_function_privilege(role, 'close_parties(text[], uuid[], text[], text[], timestamptz[])', 'EXECUTE') = may)::int
FROM (VALUES ('vsv_dossiers_app', true), ('vsv_dossiers_worker', false)) AS t (role, may);

ROLLBACK;
