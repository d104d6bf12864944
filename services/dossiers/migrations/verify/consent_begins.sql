-- Verify dossiers:consent_begins on pg
BEGIN;

SELECT begun_noted_at FROM consents WHERE false;
-- Fails by division when the worker could change more of a consent than that it was told of, or not even that.
SELECT 1 / (has_column_privilege('vsv_dossiers_worker', 'consents', name, 'UPDATE') = may)::int
FROM (VALUES ('begun_noted_at', true), ('withdrawn_at', false), ('valid_from', false)) AS t (name, may);

ROLLBACK;
