-- See feed.sql.
SELECT region_id, id, resource_kind, resource_id, version FROM feed_outbox WHERE false;
SELECT region_id, position, outbox_id, resource_kind, resource_id, version, sequenced_at FROM feed WHERE false;
SELECT region_id, position, oldest_position FROM feed_heads WHERE false;
SELECT sequenced_until_at FROM feed_sequencer WHERE false;
SELECT epoch, timeline, started_at FROM feed_epoch WHERE false;
SELECT 1 / (has_table_privilege(:'app', 'feed_outbox', 'INSERT'))::int;
SELECT 1 / (NOT has_table_privilege(:'app', 'feed', 'INSERT') AND NOT has_table_privilege(:'app', 'feed', 'DELETE'))::int;
SELECT 1 / (NOT has_table_privilege(:'worker', 'feed', 'UPDATE'))::int;
