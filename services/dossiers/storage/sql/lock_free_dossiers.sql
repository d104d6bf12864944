-- Like lock_dossiers, but waits for nobody: a row that another transaction has locked is left out, like one that the callers'
-- wall hides.
SELECT c.ordinal
  FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS c (region_id, id, ordinal)
  JOIN dossiers d ON d.region_id = c.region_id AND d.id = c.id
 ORDER BY d.region_id, d.id
   FOR NO KEY UPDATE OF d SKIP LOCKED
