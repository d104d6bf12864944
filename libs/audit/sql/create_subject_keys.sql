INSERT INTO subject_keys (region_id, subject_id, key)
SELECT s.region_id, s.subject_id, s.key
  FROM unnest($1::text[], $2::text[], $3::bytea[]) AS s(region_id, subject_id, key)
 ORDER BY s.region_id, s.subject_id
ON CONFLICT ON CONSTRAINT subject_keys_pkey DO NOTHING
