INSERT INTO first_year_outcomes (region_id, dossier_id, count_on, status, reason, destination, recorded_at)
SELECT c.region_id, c.dossier_id, c.count_on, c.status, c.reason, c.destination, c.recorded_at
  FROM unnest($1::text[], $2::uuid[], $3::date[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
       AS c (region_id, dossier_id, count_on, status, reason, destination, recorded_at)
ON CONFLICT (region_id, dossier_id, count_on) DO UPDATE
   SET status = EXCLUDED.status, reason = EXCLUDED.reason, destination = EXCLUDED.destination,
       recorded_at = EXCLUDED.recorded_at
