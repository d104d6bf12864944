-- Verify dossiers:residences on pg
BEGIN;

SELECT town, municipality_id, rmc_office_id, attendance_office_id FROM residences('{GM0307}', DATE '2024-01-01');
SELECT residence_homes('{nobody}', '{GM0307}', DATE '2024-01-01');

ROLLBACK;
