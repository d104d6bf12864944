-- Deploy dossiers:audit_digests to pg
-- requires: audit_seal
-- What is sealed is hashed at a third of the price (libs/audit).
BEGIN;
\set app vsv_dossiers_app
\set worker vsv_dossiers_worker
\ir ../../../../libs/audit/migrations/digests.sql
COMMIT;
