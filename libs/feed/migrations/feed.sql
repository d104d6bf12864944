-- The change feed of a service (libs/feed). Convention: see libs/pg/migrations/idempotency.sql.
-- A row says that a resource changed, never how: region, kind, id, version. No personal data, no row-level security.

-- What writers leave, in the transaction of the effect and after they locked the resource's row; the sequencer takes it away.
CREATE TABLE feed_outbox (
  region_id     text        NOT NULL,
  id            bigint      GENERATED ALWAYS AS IDENTITY,
  resource_kind text        NOT NULL,
  resource_id   text        NOT NULL,
  version       bigint      NOT NULL,
  CONSTRAINT feed_outbox_pkey PRIMARY KEY (region_id, id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_scale_factor = 0,
        autovacuum_analyze_threshold = 1000);
CREATE INDEX feed_outbox_id_idx ON feed_outbox (id);

-- What the sequencer numbered: per region gapless from 1. A second sequencer collides with the unique keys instead of
-- corrupting.
CREATE TABLE feed (
  region_id     text        NOT NULL,
  position      bigint      NOT NULL,
  outbox_id     bigint      NOT NULL,
  resource_kind text        NOT NULL,
  resource_id   text        NOT NULL,
  version       bigint      NOT NULL,
  sequenced_at  timestamptz NOT NULL,
  CONSTRAINT feed_pkey PRIMARY KEY (region_id, position),
  CONSTRAINT feed_outbox_key UNIQUE (region_id, outbox_id)
);

-- Per region: the last position handed out, and the oldest one still kept (position + 1 when none is).
CREATE TABLE feed_heads (
  region_id       text   NOT NULL,
  position        bigint NOT NULL,
  oldest_position bigint NOT NULL DEFAULT 1,
  CONSTRAINT feed_heads_pkey PRIMARY KEY (region_id)
);

-- Everything committed before sequenced_until_at has its position. One row, once the sequencer has run.
CREATE TABLE feed_sequencer (
  is_the_one         boolean     NOT NULL DEFAULT true,
  sequenced_until_at timestamptz NOT NULL,
  CONSTRAINT feed_sequencer_pkey PRIMARY KEY (is_the_one),
  CONSTRAINT feed_sequencer_one_row CHECK (is_the_one)
) WITH (fillfactor = 10);

-- Cursors are worth something within one epoch. A restore begins a new one: delete the row, or call BumpEpoch. A server
-- refuses to start on a database whose timeline changed while the epoch did not.
CREATE TABLE feed_epoch (
  is_the_one boolean     NOT NULL DEFAULT true,
  epoch      uuid        NOT NULL,
  timeline   text        NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT feed_epoch_pkey PRIMARY KEY (is_the_one),
  CONSTRAINT feed_epoch_one_row CHECK (is_the_one)
);

GRANT INSERT, SELECT ON feed_outbox TO :"app";
GRANT SELECT ON feed, feed_heads, feed_sequencer, feed_epoch TO :"app";
GRANT INSERT, SELECT, DELETE ON feed_outbox TO :"worker";
GRANT INSERT, SELECT, DELETE ON feed TO :"worker";
GRANT INSERT, SELECT, UPDATE ON feed_heads, feed_sequencer, feed_epoch TO :"worker";
