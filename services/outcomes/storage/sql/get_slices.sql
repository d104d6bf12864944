SELECT q.place, f.cell, f.known_from_at, f.id::text AS id, f.indicator_id, f.definition_version, f.origin, f.kind,
       f.organisation_id, f.slice_region, f.parent_code, f.unit_code, f.level, f.period, f.unit_name, f.value_unscaled,
       f.value_scale, f.numerator, f.denominator, f.denominator_derived, f.status, f.superseded_at, f.source
  FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::timestamptz[]) WITH ORDINALITY
    AS q (indicator_id, definition_version, organisation_id, level, as_known_at, place)
  JOIN figures f
    ON f.indicator_id = q.indicator_id AND f.definition_version = q.definition_version
   AND f.organisation_id = q.organisation_id AND f.level = q.level
 WHERE f.known_from_at <= q.as_known_at AND (f.superseded_at IS NULL OR f.superseded_at > q.as_known_at)
 ORDER BY q.place, f.cell
