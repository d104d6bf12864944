-- Verify dossiers:judgement on pg
BEGIN;

SELECT categories, bases FROM granted_categories('16', '00000000-0000-7000-8000-000000000000', 'nobody', 'TRANSITION',
  ARRAY['DELIVERING'], DATE '2024-01-01');
SELECT applications, consents, attendance_office_id, rmc_office_id
  FROM dossier_facts('16', '00000000-0000-7000-8000-000000000000', 'GM0307', DATE '2024-01-01');
SELECT residence_relations('GM0307', 'nobody', 'RMC_OFFICE', DATE '2024-01-01');
SELECT attendance_office_id, rmc_office_id FROM residence_offices('GM0307', DATE '2024-01-01');
SELECT municipality_code, relation FROM served_municipalities(ARRAY['nobody'], DATE '2024-01-01');
SELECT is_fresh FROM register_freshness(5);

ROLLBACK;
