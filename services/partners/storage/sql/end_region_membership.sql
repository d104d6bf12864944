UPDATE region_memberships SET valid_until_on = $3, version = $4, updated_at = $5 WHERE region_id = $1 AND id = $2::uuid
