-- Verify dossiers:held_version_goes on pg
BEGIN;

SELECT 1 / (count(*) = 0)::int FROM pg_proc WHERE proname = 'held_version';

ROLLBACK;
