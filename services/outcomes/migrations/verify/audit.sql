-- Audit trail of libs/audit.
BEGIN;
\set app vsv_outcomes_app
\set worker vsv_outcomes_worker
\ir ../../../../libs/audit/migrations/audit_verify.sql
ROLLBACK;
