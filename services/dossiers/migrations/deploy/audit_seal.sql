-- Deploy dossiers:audit_seal to pg
-- requires: shared
-- The seal on the audit trail (libs/audit).
BEGIN;
\set app vsv_dossiers_app
\set worker vsv_dossiers_worker
\ir ../../../../libs/audit/migrations/seal.sql
COMMIT;
