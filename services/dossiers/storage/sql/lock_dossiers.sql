-- Locks in the order of the keys. What the callers' wall hides is not locked, and no error.
SELECT d.region_id, d.id
  FROM dossiers d
  JOIN unnest($1::text[], $2::uuid[]) AS c (region_id, id) ON c.region_id = d.region_id AND c.id = d.id
 ORDER BY d.region_id, d.id
   FOR NO KEY UPDATE OF d
