-- For the worker: marks up to $2 consents that have begun by day $1 and were recorded before, and gives their dossiers: nobody
-- wrote to these when they did. Of those that begin today again when all who were judged the day before have been answered: two
-- minutes later, longer than any call may take. $3 now.
WITH begun AS MATERIALIZED (
  SELECT c.region_id, c.dossier_id, c.id, c.begun_noted_at
    FROM consents c
   WHERE c.withdrawn_at IS NULL AND c.valid_from > (c.recorded_at AT TIME ZONE 'Europe/Amsterdam')::date
     AND ((c.begun_noted_at IS NULL AND c.valid_from <= $1::date)
          OR (c.valid_from = $1::date
              AND c.begun_noted_at < c.valid_from::timestamp AT TIME ZONE 'Europe/Amsterdam' + interval '2 minutes'
              AND $3::timestamptz >= c.valid_from::timestamp AT TIME ZONE 'Europe/Amsterdam' + interval '2 minutes'))
   ORDER BY c.valid_from
   LIMIT $2::bigint)
UPDATE consents c
   SET begun_noted_at = $3::timestamptz
  FROM begun b
 WHERE c.region_id = b.region_id AND c.dossier_id = b.dossier_id AND c.id = b.id
   AND c.begun_noted_at IS NOT DISTINCT FROM b.begun_noted_at
RETURNING c.region_id, c.dossier_id
