-- Makes those that are not known, and never says which.
INSERT INTO pupils (region_id, id, pgn_hash, pgn_sealed, created_at)
SELECT c.region_id, c.id, c.pgn_hash, c.pgn_sealed, c.created_at
  FROM unnest($1::text[], $2::uuid[], $3::bytea[], $4::bytea[], $5::timestamptz[])
       AS c (region_id, id, pgn_hash, pgn_sealed, created_at)
 ORDER BY c.region_id, c.pgn_hash
ON CONFLICT DO NOTHING
