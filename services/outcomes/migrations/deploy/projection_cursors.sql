-- How far each projection is (libs/feed).
BEGIN;
\set app vsv_outcomes_app
\set worker vsv_outcomes_worker
\ir ../../../../libs/feed/migrations/projection_cursors.sql
COMMIT;
