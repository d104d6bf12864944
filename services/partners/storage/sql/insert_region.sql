INSERT INTO regions (id, display_name, version, created_at) VALUES ($1, $2, $3, $4)
