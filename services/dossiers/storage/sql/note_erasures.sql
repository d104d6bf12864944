-- For the worker: what the register names and the database does not know.
INSERT INTO erasures (region_id, dossier_hash, erased_at, ground)
SELECT c.region_id, c.dossier_hash, c.erased_at, c.ground
  FROM unnest($1::text[], $2::bytea[], $3::timestamptz[], $4::text[]) AS c (region_id, dossier_hash, erased_at, ground)
 ORDER BY c.region_id, c.dossier_hash
ON CONFLICT (region_id, dossier_hash) DO NOTHING
