SELECT id, display_name, version, created_at FROM regions WHERE id > $1 ORDER BY id LIMIT $2::bigint
