-- Verify dossiers:taken_versions on pg
BEGIN;

SELECT taken_version FROM holdings WHERE false;
-- Fails by division when somebody may note recalls who must not, or the other way round.
SELECT 1 / (has_function_privilege(role, name, 'EXECUTE') = may)::int
FROM (VALUES ('vsv_dossiers_app', 'recall_dossiers(text[], uuid[], bigint[], text[], text[], text[], timestamptz[])', true),
             ('vsv_dossiers_worker', 'recall_dossiers(text[], uuid[], bigint[], text[], text[], text[], timestamptz[])', false),
             ('vsv_dossiers_app', 'vsv_recall(text, uuid, bigint, text, text[], text, timestamptz)', false),
             ('vsv_dossiers_worker', 'vsv_recall(text, uuid, bigint, text, text[], text, timestamptz)', false))
     AS t (role, name, may);
-- And when the app could still write them by itself.
SELECT 1 / (NOT has_table_privilege('vsv_dossiers_app', 'recalls', 'INSERT'))::int;

ROLLBACK;
