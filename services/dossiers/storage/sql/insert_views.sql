INSERT INTO person_views (region_id, dossier_id, id, person, role, seen_on, opinion, reason, evidence,
                          is_permitted_by_student, content_version, recorded_at)
SELECT c.region_id, c.dossier_id, c.id, c.person, c.role, c.seen_on, c.opinion, c.reason, c.evidence,
       c.is_permitted_by_student, c.content_version, c.recorded_at
  FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::date[], $7::text[], $8::text[], $9::text[],
              $10::boolean[], $11::bigint[], $12::timestamptz[])
       AS c (region_id, dossier_id, id, person, role, seen_on, opinion, reason, evidence,
             is_permitted_by_student, content_version, recorded_at)
