-- Idempotency records (libs/pg/idempotency.h). Shared by all services.
--
-- Convention of every file in libs/*/migrations: it is included (\ir) by a sqitch script of a service, which runs as the
-- service's owner role inside the script's transaction and sets the two psql variables first:
--   \set app vsv_<service>_app
--   \set worker vsv_<service>_worker
--   \ir ../../../../libs/pg/migrations/idempotency.sql
-- The deploy script is <name>.sql, the others <name>_revert.sql and <name>_verify.sql.
--
-- No row-level security: a record holds a hash and a resource name, no personal data, and is found only by who knows caller
-- and request id; the reply to a repeat is authorised and redacted afresh.
CREATE TABLE request_records (
  caller     text        NOT NULL,
  method     text        NOT NULL,
  region_id  text        NOT NULL,
  request_id uuid        NOT NULL,
  body_hash  bytea       NOT NULL,
  reference  text,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL DEFAULT now() + interval '72 hours',
  CONSTRAINT request_records_pkey PRIMARY KEY (caller, method, region_id, request_id)
);
CREATE INDEX request_records_expires_at_idx ON request_records (expires_at);

GRANT SELECT, INSERT, UPDATE ON request_records TO :"app";
GRANT SELECT, DELETE ON request_records TO :"worker";
