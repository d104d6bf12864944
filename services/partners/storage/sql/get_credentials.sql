SELECT t.organisation_id, t.thumbprint, t.purposes, t.valid_from_on, t.valid_until_on, t.revoked_at, t.version, t.created_at
  FROM credentials t
  JOIN unnest($1::text[], $2::text[]) AS k(organisation_id, thumbprint) USING (organisation_id, thumbprint)
