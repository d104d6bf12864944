-- The seal on the audit trail (libs/audit).
BEGIN;
\set app vsv_programs_app
\set worker vsv_programs_worker
\ir ../../../../libs/audit/migrations/seal_verify.sql
ROLLBACK;
