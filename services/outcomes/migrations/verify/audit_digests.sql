-- Verify outcomes:audit_digests on pg
BEGIN;
\set app vsv_outcomes_app
\set worker vsv_outcomes_worker
\ir ../../../../libs/audit/migrations/digests_verify.sql
ROLLBACK;
