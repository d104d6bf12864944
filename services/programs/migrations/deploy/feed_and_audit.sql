-- The change feed and the audit trail of its changes.
BEGIN;
\set app vsv_programs_app
\set worker vsv_programs_worker
\ir ../../../../libs/feed/migrations/feed.sql
\ir ../../../../libs/audit/migrations/audit.sql
COMMIT;
