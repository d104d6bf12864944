-- The register of partners as a projection (libs/directory).
BEGIN;
\set app vsv_outcomes_app
\set worker vsv_outcomes_worker
\ir ../../../../libs/directory/migrations/directory.sql
COMMIT;
