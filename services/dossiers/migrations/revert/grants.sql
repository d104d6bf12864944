-- Revert dossiers:grants from pg
BEGIN;

DROP FUNCTION dossier_facts(text, uuid, date);
DROP FUNCTION dossier_content(text, uuid, text[], boolean);
DROP FUNCTION granted_categories(text, uuid, text, text, text[], date);
DROP FUNCTION related_dossiers(text, text[], date);
DROP FUNCTION served_municipalities(text[], date);
DROP FUNCTION register_is_fresh(bigint);
DROP FUNCTION local_day(timestamptz);

COMMIT;
