-- Verify dossiers:content on pg
BEGIN;

SELECT id, section_documents FROM dossier_contents(ARRAY['16'], ARRAY['00000000-0000-7000-8000-000000000000']::uuid[],
  ARRAY['PROCESS'], false);
-- Fails by division when somebody may read content who must not, or the other way round.
SELECT 1 / (has_function_privilege(role, 'dossier_contents(text[], uuid[], text[], boolean)', 'EXECUTE') = may)::int
FROM (VALUES ('vsv_dossiers_app', true), ('vsv_dossiers_worker', false)) AS t (role, may);

ROLLBACK;
