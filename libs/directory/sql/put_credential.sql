INSERT INTO directory_credentials (thumbprint, organisation_id, purposes, validity, revoked_at, version)
VALUES ($1, $2, $3, daterange($4::date, $5::date, '[]'), $6, $7)
ON CONFLICT (thumbprint) DO UPDATE SET revoked_at = excluded.revoked_at, version = excluded.version
 WHERE directory_credentials.version < excluded.version
