-- At most $2 rows per region, the oldest first, so that what is kept has no gap.
WITH cut AS (
  SELECT h.region_id, old.position
    FROM feed_heads h
    CROSS JOIN LATERAL (
         SELECT max(r.position) AS position
           FROM (SELECT f.position, f.sequenced_at FROM feed f
                  WHERE f.region_id = h.region_id ORDER BY f.position LIMIT $2) r
          WHERE r.sequenced_at < $1) old
   WHERE old.position IS NOT NULL
), gone AS (
  DELETE FROM feed f USING cut c WHERE f.region_id = c.region_id AND f.position <= c.position RETURNING f.position
), noted AS (
  UPDATE feed_heads h SET oldest_position = c.position + 1 FROM cut c WHERE h.region_id = c.region_id
)
SELECT count(*) AS purged FROM gone
