SELECT id, display_name, unit, scope, better, version, created_at, updated_at
  FROM indicators
 WHERE id = ANY ($1::text[])
