-- One statement, one snapshot: rows, retention and progress fit each other.
SELECT a.region_id, coalesce(h.position, 0) AS head_position, coalesce(h.oldest_position, 1) AS oldest_position,
       f.position, f.resource_kind, f.resource_id, f.version, f.sequenced_at, s.sequenced_until_at
  FROM unnest($1::text[], $2::bigint[]) AS a(region_id, position)
  LEFT JOIN feed_heads h ON h.region_id = a.region_id
  LEFT JOIN LATERAL (
       SELECT r.position, r.resource_kind, r.resource_id, r.version, r.sequenced_at
         FROM feed r
        WHERE r.region_id = a.region_id AND r.position > a.position
        ORDER BY r.position
        LIMIT $3) f ON true
  LEFT JOIN feed_sequencer s ON true
 ORDER BY a.region_id, f.position
