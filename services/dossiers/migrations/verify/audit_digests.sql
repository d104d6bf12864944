-- Verify dossiers:audit_digests on pg
BEGIN;
\set app vsv_dossiers_app
\set worker vsv_dossiers_worker
\ir ../../../../libs/audit/migrations/digests_verify.sql
ROLLBACK;
