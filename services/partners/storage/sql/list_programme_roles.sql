SELECT t.region_id, t.id::text AS id, t.organisation_id, t.kind, t.valid_from_on, t.valid_until_on, t.version, t.created_at, t.updated_at
  FROM programme_roles t
 WHERE (t.region_id, t.id) > ($1::text, $2::uuid)
   AND ($3::text = '' OR t.region_id = $3)
   AND ($4::text = '' OR t.organisation_id = $4)
   AND ($5::date IS NULL OR (t.valid_from_on <= $5 AND (t.valid_until_on IS NULL OR $5 <= t.valid_until_on)))
   AND ($7::text = '' OR t.kind = $7)
 ORDER BY t.region_id, t.id
 LIMIT $6::bigint
