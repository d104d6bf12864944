UPDATE mandates SET revoked_at = $3, version = $4 WHERE organisation_id = $1 AND id = $2::uuid
