-- One statement, one snapshot: rows, retention and progress fit each other. The limit ($3) is shared by the regions that have
-- something: those at rest take nothing from the others.
WITH asked AS MATERIALIZED (
  SELECT a.region_id, a.position, coalesce(h.position, 0) AS head_position, coalesce(h.oldest_position, 1) AS oldest_position
    FROM unnest($1::text[], $2::bigint[]) AS a(region_id, position)
    LEFT JOIN feed_heads h ON h.region_id = a.region_id),
share AS MATERIALIZED (
  SELECT greatest(1, $3::bigint / greatest(1, count(*))) AS entries FROM asked a WHERE a.head_position > a.position)
SELECT a.region_id, a.head_position, a.oldest_position,
       f.position, f.resource_kind, f.resource_id, f.version, f.sequenced_at, s.sequenced_until_at
  FROM asked a
  LEFT JOIN LATERAL (
       SELECT r.position, r.resource_kind, r.resource_id, r.version, r.sequenced_at
         FROM feed r
        WHERE r.region_id = a.region_id AND r.position > a.position
        ORDER BY r.position
        LIMIT (SELECT share.entries FROM share)) f ON a.head_position > a.position
  LEFT JOIN feed_sequencer s ON true
 ORDER BY a.region_id, f.position
