SELECT version FROM programme_roles WHERE region_id = $1 AND id = $2::uuid FOR NO KEY UPDATE
