-- The seal on the audit trail (libs/audit).
BEGIN;
\set app vsv_outcomes_app
\set worker vsv_outcomes_worker
\ir ../../../../libs/audit/migrations/seal.sql
COMMIT;
