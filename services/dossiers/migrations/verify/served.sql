-- Verify dossiers:served on pg
BEGIN;

SELECT organisation_id, municipality_code, relation FROM served_municipalities(ARRAY['nobody'], DATE '2024-01-01');
SELECT residence_homes('{nobody}', '{GM0307}', DATE '2024-01-01');

ROLLBACK;
