INSERT INTO directory_memberships (region_id, membership_id, organisation_id, validity, version)
VALUES ($1, $2, $3, daterange($4::date, $5::date, '[]'), $6)
ON CONFLICT (region_id, membership_id) DO UPDATE SET validity = excluded.validity, version = excluded.version
 WHERE directory_memberships.version < excluded.version
