INSERT INTO directory_mandates
  (organisation_id, mandate_id, supplier_id, services, purposes, validity, revoked_at, version)
VALUES ($1, $2, $3, $4, $5, daterange($6::date, $7::date, '[]'), $8, $9)
ON CONFLICT (organisation_id, mandate_id) DO UPDATE SET revoked_at = excluded.revoked_at, version = excluded.version
 WHERE directory_mandates.version < excluded.version
