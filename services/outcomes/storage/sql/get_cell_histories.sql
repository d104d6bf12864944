SELECT cell, known_from_at, id::text AS id, indicator_id, definition_version, origin, kind, organisation_id, slice_region,
       parent_code, unit_code, level, period, unit_name, value_unscaled, value_scale, numerator, denominator,
       denominator_derived, status, superseded_at, source
  FROM figures
 WHERE cell = ANY ($1::text[])
 ORDER BY cell, known_from_at
