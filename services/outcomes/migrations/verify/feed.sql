-- The change feed of libs/feed.
BEGIN;
\set app vsv_outcomes_app
\set worker vsv_outcomes_worker
\ir ../../../../libs/feed/migrations/feed_verify.sql
ROLLBACK;
