-- Deploy dossiers:shared to pg
-- What every service has: request records, change feed, audit, and the projection of the register.
BEGIN;

\set app vsv_dossiers_app
\set worker vsv_dossiers_worker
\ir ../../../../libs/pg/migrations/idempotency.sql
\ir ../../../../libs/feed/migrations/feed.sql
\ir ../../../../libs/feed/migrations/projection_cursors.sql
\ir ../../../../libs/audit/migrations/audit.sql
\ir ../../../../libs/directory/migrations/directory.sql

COMMIT;
