-- Verify programs:audit_digests on pg
BEGIN;
\set app vsv_programs_app
\set worker vsv_programs_worker
\ir ../../../../libs/audit/migrations/digests_verify.sql
ROLLBACK;
