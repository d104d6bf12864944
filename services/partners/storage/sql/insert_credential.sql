INSERT INTO credentials (organisation_id, thumbprint, purposes, valid_from_on, valid_until_on, version, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
