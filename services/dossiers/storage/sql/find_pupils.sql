-- Those of the pupils that this transaction brings (vsv.pgn_hashes) who are there at this moment, under their ids: one that
-- was erased and made anew has another.
SELECT DISTINCT p.id
  FROM pupils p
  JOIN unnest($1::text[], $2::bytea[]) AS c (region_id, pgn_hash)
    ON c.region_id = p.region_id AND c.pgn_hash = p.pgn_hash
 ORDER BY p.id
