-- The same questions as to a projection.
BEGIN;
\set app vsv_partners_app
\set worker vsv_partners_worker
\ir ../../../../libs/directory/migrations/directory_verify.sql
ROLLBACK;
