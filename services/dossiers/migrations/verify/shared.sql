-- Verify dossiers:shared on pg
BEGIN;

\set app vsv_dossiers_app
\set worker vsv_dossiers_worker
\ir ../../../../libs/pg/migrations/idempotency_verify.sql
\ir ../../../../libs/feed/migrations/feed_verify.sql
\ir ../../../../libs/feed/migrations/projection_cursors_verify.sql
\ir ../../../../libs/audit/migrations/audit_verify.sql
\ir ../../../../libs/directory/migrations/directory_verify.sql

ROLLBACK;
