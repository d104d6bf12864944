SELECT cell, known_from_at, id::text AS id, indicator_id, definition_version, origin, kind, organisation_id, slice_region,
       parent_code, unit_code, level, period, unit_name, value_unscaled, value_scale, numerator, denominator,
       denominator_derived, status, superseded_at, source
  FROM figures
 WHERE known_from_at <= $1::timestamptz
   AND ($2::boolean OR superseded_at IS NULL OR superseded_at > $1::timestamptz)
   AND (cell, known_from_at) > ($3::text, $4::timestamptz)
   AND ($5::text IS NULL OR indicator_id = $5::text)
   AND ($6::text IS NULL OR organisation_id = $6::text)
   AND ($7::text IS NULL OR level = $7::text)
   AND ($8::text IS NULL OR period = $8::text)
   AND ($9::text IS NULL OR kind = $9::text)
   AND ($10::text IS NULL OR unit_code = $10::text)
   AND ($11::text IS NULL OR status = $11::text)
   AND ($12::text IS NULL OR origin = $12::text)
 ORDER BY cell, known_from_at
 LIMIT $13::int
