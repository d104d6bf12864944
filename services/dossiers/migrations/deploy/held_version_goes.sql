-- Deploy dossiers:held_version_goes to pg
-- requires: recall_versions
-- A recall that no change explains is told of by an event of its own (docs/adr/0012), so nobody has to look past the wall for the
-- version of a dossier.
BEGIN;

DROP FUNCTION held_version(text, uuid);

COMMIT;
