SELECT t.region_id, t.id::text AS id, t.organisation_id, t.kind, t.valid_from_on, t.valid_until_on, t.version, t.created_at, t.updated_at
  FROM programme_roles t
  JOIN unnest($1::text[], $2::uuid[]) AS k(region_id, id) USING (region_id, id)
