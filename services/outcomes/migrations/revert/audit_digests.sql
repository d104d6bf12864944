-- Revert outcomes:audit_digests from pg
BEGIN;
\set app vsv_outcomes_app
\set worker vsv_outcomes_worker
\ir ../../../../libs/audit/migrations/digests_revert.sql
COMMIT;
