SELECT t.organisation_id, t.id::text AS id, t.supplier_id, t.services, t.purposes, t.valid_from_on, t.valid_until_on, t.revoked_at,
       t.version, t.created_at
  FROM mandates t
 WHERE (t.organisation_id, t.id) > ($1::text, $2::uuid)
   AND ($3::text = '' OR t.organisation_id = $3)
   AND ($4::text = '' OR t.supplier_id = $4)
   AND ($5::date IS NULL OR (t.revoked_at IS NULL AND t.valid_from_on <= $5
                             AND (t.valid_until_on IS NULL OR $5 <= t.valid_until_on)))
 ORDER BY t.organisation_id, t.id
 LIMIT $6::bigint
