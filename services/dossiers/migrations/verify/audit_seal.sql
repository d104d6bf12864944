-- Verify dossiers:audit_seal on pg
BEGIN;
\set app vsv_dossiers_app
\set worker vsv_dossiers_worker
\ir ../../../../libs/audit/migrations/seal_verify.sql
ROLLBACK;
