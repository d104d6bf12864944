SELECT id, display_name, indicator_id, definition_version, organisation_id, level, baseline_period, baseline_unscaled,
       baseline_scale, direction, institution_only, source, version, created_at, updated_at
  FROM ambitions
 WHERE id > $1::text AND ($2::text IS NULL OR organisation_id = $2::text)
 ORDER BY id
 LIMIT $3::int
