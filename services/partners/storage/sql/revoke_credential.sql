UPDATE credentials SET revoked_at = $3, version = $4 WHERE organisation_id = $1 AND thumbprint = $2
