-- Where local projections of other services' feeds stand (libs/feed/projector.h). Convention: see
-- libs/pg/migrations/idempotency.sql. The cursor is written in the transaction of the effect.
CREATE TABLE projection_cursors (
  source       text        NOT NULL,
  cursor       text        NOT NULL,
  heartbeat_at timestamptz,  -- the source's clock: up to when the projection knows it; NULL until it has caught up once
  CONSTRAINT projection_cursors_pkey PRIMARY KEY (source)
);

GRANT SELECT ON projection_cursors TO :"app";
GRANT INSERT, SELECT, UPDATE, DELETE ON projection_cursors TO :"worker";
