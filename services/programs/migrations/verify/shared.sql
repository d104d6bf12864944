-- What services have in common: request records, cursors of projections, the projection of the register.
BEGIN;
\set app vsv_programs_app
\set worker vsv_programs_worker
\ir ../../../../libs/pg/migrations/idempotency_verify.sql
\ir ../../../../libs/feed/migrations/projection_cursors_verify.sql
\ir ../../../../libs/directory/migrations/directory_verify.sql
ROLLBACK;
