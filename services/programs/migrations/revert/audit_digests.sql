-- Revert programs:audit_digests from pg
BEGIN;
\set app vsv_programs_app
\set worker vsv_programs_worker
\ir ../../../../libs/audit/migrations/digests_revert.sql
COMMIT;
