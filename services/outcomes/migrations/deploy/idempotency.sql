-- Request records of libs/pg.
BEGIN;
\set app vsv_outcomes_app
\set worker vsv_outcomes_worker
\ir ../../../../libs/pg/migrations/idempotency.sql
COMMIT;
