-- Request records of libs/pg.
BEGIN;
\set app vsv_partners_app
\set worker vsv_partners_worker
\ir ../../../../libs/pg/migrations/idempotency_revert.sql
COMMIT;
