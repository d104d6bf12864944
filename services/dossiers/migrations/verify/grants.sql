-- Verify dossiers:grants on pg
BEGIN;

SELECT categories, bases FROM granted_categories('16', '00000000-0000-7000-8000-000000000000', 'nobody', 'TRANSITION',
  ARRAY['DELIVERING'], DATE '2024-01-01');
SELECT id FROM dossier_content('16', '00000000-0000-7000-8000-000000000000', ARRAY['PROCESS'], false);
SELECT applications FROM dossier_facts('16', '00000000-0000-7000-8000-000000000000', DATE '2024-01-01');
SELECT dossier_id FROM related_dossiers('nobody', ARRAY['DELIVERING'], DATE '2024-01-01');
SELECT register_is_fresh(5), local_day(now());

ROLLBACK;
