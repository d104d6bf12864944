-- Verify dossiers:basis_rules on pg
BEGIN;

SELECT 1 / count(*) FROM basis_rules WHERE id = 'receiving-transition-career-law';

ROLLBACK;
