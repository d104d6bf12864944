-- What services have in common: request records, cursors of projections, the projection of the register.
BEGIN;
\set app vsv_programs_app
\set worker vsv_programs_worker
\ir ../../../../libs/directory/migrations/directory_revert.sql
\ir ../../../../libs/feed/migrations/projection_cursors_revert.sql
\ir ../../../../libs/pg/migrations/idempotency_revert.sql
COMMIT;
