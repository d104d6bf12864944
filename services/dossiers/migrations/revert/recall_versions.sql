-- Revert dossiers:recall_versions from pg
BEGIN;
DROP FUNCTION held_version(text, uuid);
COMMIT;
