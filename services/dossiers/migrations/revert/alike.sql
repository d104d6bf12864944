-- Revert dossiers:alike from pg
BEGIN;

DROP FUNCTION grants_with_consents(text[], text[], text[], text[]);
DROP FUNCTION grants_of_alike(text, text, text, text, text, text[], date);

COMMIT;
