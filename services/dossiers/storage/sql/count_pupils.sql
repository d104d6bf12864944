-- How many of the pupils that this transaction brings (vsv.pgn_hashes) are there at this moment.
SELECT count(*) AS pupils
  FROM pupils p
  JOIN (SELECT DISTINCT b.region_id, b.pgn_hash FROM unnest($1::text[], $2::bytea[]) AS b (region_id, pgn_hash)) c
    ON c.region_id = p.region_id AND c.pgn_hash = p.pgn_hash
