-- Verify dossiers:recall_versions on pg
-- What it made is gone since held_version_goes, and that is verified there.
BEGIN;

ROLLBACK;
