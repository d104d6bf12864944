-- Verify dossiers:deliveries on pg
BEGIN;

SELECT region_id, dossier_id, organisation_id, purpose, category, basis, recalled_version FROM holdings WHERE false;
SELECT region_id, dossier_id, version, holder_organisation_id, categories, reason FROM recalls WHERE false;
SELECT region_id, process, state, responsible_organisation_id, due_on, day, delta FROM process_counts WHERE false;

ROLLBACK;
