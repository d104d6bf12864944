-- Verify dossiers:grants on pg
-- What judgement and content have replaced since is verified there.
BEGIN;

SELECT categories, bases FROM granted_categories('16', '00000000-0000-7000-8000-000000000000', 'nobody', 'TRANSITION',
  ARRAY['DELIVERING'], DATE '2024-01-01');
SELECT dossier_id FROM related_dossiers('nobody', ARRAY['DELIVERING'], DATE '2024-01-01');
SELECT local_day(now());

ROLLBACK;
