-- Of two that claim the same one, the later has it.
INSERT INTO directory_identifiers (scheme, value, organisation_id)
SELECT DISTINCT ON (n.scheme, n.value) n.scheme, n.value, n.organisation_id
  FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS n(organisation_id, scheme, value, position)
 ORDER BY n.scheme, n.value, n.position DESC
ON CONFLICT (scheme, value) DO UPDATE SET organisation_id = excluded.organisation_id
