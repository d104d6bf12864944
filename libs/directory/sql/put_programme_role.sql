INSERT INTO directory_programme_roles (region_id, programme_role_id, organisation_id, validity, version, kind)
VALUES ($1, $2, $3, daterange($4::date, $5::date, '[]'), $6, $7)
ON CONFLICT (region_id, programme_role_id) DO UPDATE SET validity = excluded.validity, version = excluded.version
 WHERE directory_programme_roles.version < excluded.version
