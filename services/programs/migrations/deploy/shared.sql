-- What services have in common: request records, cursors of projections, the projection of the register.
BEGIN;
\set app vsv_programs_app
\set worker vsv_programs_worker
\ir ../../../../libs/pg/migrations/idempotency.sql
\ir ../../../../libs/feed/migrations/projection_cursors.sql
\ir ../../../../libs/directory/migrations/directory.sql
COMMIT;
