-- Deploy dossiers:consent_begins to pg
-- requires: ended_parties
-- A consent may be recorded before it begins. Nobody writes to the dossier when it does; the worker tells the feed, once.
BEGIN;

\set worker vsv_dossiers_worker

ALTER TABLE consents ADD COLUMN begun_noted_at timestamptz;  -- when the feed was told, of one that began after it was recorded

-- Those that are still to begin, to be told of, or to be told of again.
CREATE INDEX consents_to_begin_idx ON consents (begun_noted_at, valid_from)
 WHERE withdrawn_at IS NULL AND valid_from > (recorded_at AT TIME ZONE 'Europe/Amsterdam')::date;

GRANT SELECT (id, recorded_at, begun_noted_at), UPDATE (begun_noted_at) ON consents TO :"worker";
DROP POLICY consents_worker ON consents;
CREATE POLICY consents_worker ON consents FOR ALL TO :"worker" USING (true);

COMMIT;
