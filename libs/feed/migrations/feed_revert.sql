-- See feed.sql.
DROP TABLE feed_epoch, feed_sequencer, feed_heads, feed, feed_outbox;
