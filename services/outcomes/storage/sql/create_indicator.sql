INSERT INTO indicators (id, display_name, unit, scope, better, version, created_at, updated_at)
VALUES ($1::text, $2::text, $3::text, $4::text, $5::text, 1, $6::timestamptz, $6::timestamptz)
