SELECT t.organisation_id, t.thumbprint, t.purposes, t.valid_from_on, t.valid_until_on, t.revoked_at, t.version, t.created_at
  FROM credentials t
 WHERE (t.organisation_id, t.thumbprint) > ($1::text, $2::text)
   AND ($3::text = '' OR t.organisation_id = $3)
   AND ($4::text = '' OR t.thumbprint = $4)
   AND ($5::date IS NULL OR (t.revoked_at IS NULL AND t.valid_from_on <= $5
                             AND (t.valid_until_on IS NULL OR $5 <= t.valid_until_on)))
 ORDER BY t.organisation_id, t.thumbprint
 LIMIT $6::bigint
