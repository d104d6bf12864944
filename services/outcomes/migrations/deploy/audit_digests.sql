-- Deploy outcomes:audit_digests to pg
-- requires: audit_seal
-- What is sealed is hashed at a third of the price (libs/audit).
BEGIN;
\set app vsv_outcomes_app
\set worker vsv_outcomes_worker
\ir ../../../../libs/audit/migrations/digests.sql
COMMIT;
