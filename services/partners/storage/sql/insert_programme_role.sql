INSERT INTO programme_roles (region_id, id, organisation_id, valid_from_on, valid_until_on, version, created_at, updated_at, kind)
VALUES ($1, $2::uuid, $3, $4, $5, $6, $7, $8, $9)
