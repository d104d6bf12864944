INSERT INTO figures (cell, known_from_at, id, indicator_id, definition_version, origin, kind, organisation_id, slice_region,
                     parent_code, unit_code, level, period, unit_name, value_unscaled, value_scale, numerator, denominator,
                     denominator_derived, status, superseded_at, source)
SELECT f.cell, f.known_from_at, f.id::uuid, f.indicator_id, f.definition_version, f.origin, f.kind, f.organisation_id,
       f.slice_region, f.parent_code, f.unit_code, f.level, f.period, f.unit_name, f.value_unscaled, f.value_scale,
       f.numerator, f.denominator, f.denominator_derived, f.status, f.superseded_at, f.source
  FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::bigint[], $16::int[],
              $17::bigint[], $18::bigint[], $19::boolean[], $20::text[], $21::timestamptz[], $22::text[])
    AS f (cell, known_from_at, id, indicator_id, definition_version, origin, kind, organisation_id, slice_region, parent_code,
          unit_code, level, period, unit_name, value_unscaled, value_scale, numerator, denominator, denominator_derived,
          status, superseded_at, source)
