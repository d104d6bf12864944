-- Revert dossiers:judgement from pg
-- Back to the functions of grants, which stand in its script.
BEGIN;

DROP FUNCTION dossier_facts(text, uuid, text, date);
DROP FUNCTION register_freshness(bigint);
DROP FUNCTION residence_offices(text, date);
DROP FUNCTION residence_relations(text, text, text, date);
DROP FUNCTION dossier_content(text, uuid, text[], boolean);
DROP FUNCTION granted_categories(text, uuid, text, text, text[], date);
DROP FUNCTION related_dossiers(text, text[], date);
DROP FUNCTION served_municipalities(text[], date);
DROP FUNCTION local_day(timestamptz);

COMMIT;

\ir ../deploy/grants.sql
