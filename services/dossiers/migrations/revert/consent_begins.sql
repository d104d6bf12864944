-- Revert dossiers:consent_begins from pg
BEGIN;

\set worker vsv_dossiers_worker

DROP POLICY consents_worker ON consents;
CREATE POLICY consents_worker ON consents FOR SELECT TO :"worker" USING (true);
REVOKE SELECT (id, recorded_at, begun_noted_at), UPDATE (begun_noted_at) ON consents FROM :"worker";
ALTER TABLE consents DROP COLUMN begun_noted_at;

COMMIT;
