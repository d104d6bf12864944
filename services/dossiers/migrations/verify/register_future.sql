-- Verify dossiers:register_future on pg
BEGIN;

SELECT 1 / (position('BETWEEN' IN prosrc) > 0)::int FROM pg_proc WHERE proname = 'register_freshness';

ROLLBACK;
