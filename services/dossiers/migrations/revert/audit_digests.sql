-- Revert dossiers:audit_digests from pg
BEGIN;
\set app vsv_dossiers_app
\set worker vsv_dossiers_worker
\ir ../../../../libs/audit/migrations/digests_revert.sql
COMMIT;
