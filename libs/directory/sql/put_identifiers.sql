INSERT INTO directory_identifiers (scheme, value, organisation_id)
SELECT n.scheme, n.value, $1 FROM unnest($2::text[], $3::text[]) AS n(scheme, value)
ON CONFLICT (scheme, value) DO UPDATE SET organisation_id = excluded.organisation_id
