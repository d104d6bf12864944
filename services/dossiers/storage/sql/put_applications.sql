INSERT INTO applications (region_id, dossier_id, id, institution_id, course, applied_on, state, state_on, created_at)
SELECT c.region_id, c.dossier_id, c.id, c.institution_id, c.course, c.applied_on, c.state, c.state_on, c.created_at
  FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::date[], $7::text[], $8::date[],
              $9::timestamptz[])
       AS c (region_id, dossier_id, id, institution_id, course, applied_on, state, state_on, created_at)
ON CONFLICT (region_id, id) DO UPDATE
   SET course = EXCLUDED.course, applied_on = EXCLUDED.applied_on, state = EXCLUDED.state, state_on = EXCLUDED.state_on
