INSERT INTO mandates (organisation_id, id, supplier_id, services, purposes, valid_from_on, valid_until_on, version, created_at)
VALUES ($1, $2::uuid, $3, $4, $5, $6, $7, $8, $9)
