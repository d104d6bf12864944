SELECT id, display_name, version, created_at FROM regions WHERE id = ANY ($1::text[])
