-- Revert dossiers:audit_seal from pg
BEGIN;
\set app vsv_dossiers_app
\set worker vsv_dossiers_worker
\ir ../../../../libs/audit/migrations/seal_revert.sql
COMMIT;
