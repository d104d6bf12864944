-- Verify dossiers:residence on pg
BEGIN;

SELECT categories, bases FROM granted_categories('16', '00000000-0000-7000-8000-000000000000', 'nobody', 'TRANSITION',
  ARRAY['DELIVERING'], DATE '2024-01-01', residence_homes('{nobody}', '{GM0307}', DATE '2024-01-01'));

ROLLBACK;
