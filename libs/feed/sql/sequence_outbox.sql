-- Numbers the visible rows of the outbox in the order of their ids. What commits later with a lower id is numbered later;
-- within a resource that cannot be, because its row was locked before the id was taken.
WITH batch AS (
  DELETE FROM feed_outbox AS o
   USING (SELECT region_id, id FROM feed_outbox ORDER BY id LIMIT $1) AS next
   WHERE o.region_id = next.region_id AND o.id = next.id
  RETURNING o.region_id, o.id, o.resource_kind, o.resource_id, o.version
), numbered AS (
  SELECT region_id, id, resource_kind, resource_id, version,
         row_number() OVER (PARTITION BY region_id ORDER BY id) AS nth,
         count(*) OVER (PARTITION BY region_id) AS total
    FROM batch
), grown AS (
  INSERT INTO feed_heads AS h (region_id, position)
  SELECT region_id, count(*) FROM batch GROUP BY region_id ORDER BY region_id
  ON CONFLICT ON CONSTRAINT feed_heads_pkey DO UPDATE SET position = h.position + EXCLUDED.position
  RETURNING h.region_id, h.position
), inserted AS (
  INSERT INTO feed (region_id, position, outbox_id, resource_kind, resource_id, version, sequenced_at)
  SELECT n.region_id, g.position - n.total + n.nth, n.id, n.resource_kind, n.resource_id, n.version, statement_timestamp()
    FROM numbered n
    JOIN grown g ON g.region_id = n.region_id
   ORDER BY n.region_id, n.nth
  RETURNING region_id
)
SELECT count(*) AS sequenced, statement_timestamp() AS until_at FROM inserted
