-- Verify dossiers:alike on pg
BEGIN;

SELECT g.categories, g.bases, w.categories, w.bases
  FROM grants_of_alike('16', 'nobody', 'SENT', 'nobody', 'TRANSITION', ARRAY['RECEIVING'], DATE '2024-01-01') g
 CROSS JOIN LATERAL grants_with_consents(g.categories, g.bases, g.on_consent, ARRAY['HEALTH']) w;

ROLLBACK;
