-- Revert dossiers:shared from pg
BEGIN;

\set app vsv_dossiers_app
\set worker vsv_dossiers_worker
\ir ../../../../libs/directory/migrations/directory_revert.sql
\ir ../../../../libs/feed/migrations/projection_cursors_revert.sql
\ir ../../../../libs/audit/migrations/audit_revert.sql
\ir ../../../../libs/feed/migrations/feed_revert.sql
\ir ../../../../libs/pg/migrations/idempotency_revert.sql

COMMIT;
