SELECT id, display_name, unit, scope, better, version, created_at, updated_at
  FROM indicators
 WHERE id > $1::text
 ORDER BY id
 LIMIT $2::int
