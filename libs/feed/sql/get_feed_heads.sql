SELECT a.region_id, coalesce(h.position, 0) AS position
  FROM unnest($1::text[]) AS a(region_id)
  LEFT JOIN feed_heads h ON h.region_id = a.region_id
