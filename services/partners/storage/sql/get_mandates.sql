SELECT t.organisation_id, t.id::text AS id, t.supplier_id, t.services, t.purposes, t.valid_from_on, t.valid_until_on, t.revoked_at,
       t.version, t.created_at
  FROM mandates t
  JOIN unnest($1::text[], $2::uuid[]) AS k(organisation_id, id) USING (organisation_id, id)
