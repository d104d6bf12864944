-- The change feed of libs/feed.
BEGIN;
\set app vsv_partners_app
\set worker vsv_partners_worker
\ir ../../../../libs/feed/migrations/feed_revert.sql
COMMIT;
