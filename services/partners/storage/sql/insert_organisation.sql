INSERT INTO organisations (id, display_name, kind, parent_id, status, suspension_reason, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
