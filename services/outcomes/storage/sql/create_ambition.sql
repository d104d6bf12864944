INSERT INTO ambitions (id, display_name, indicator_id, definition_version, organisation_id, level, baseline_period,
                       baseline_unscaled, baseline_scale, direction, institution_only, source, version, created_at, updated_at)
VALUES ($1::text, $2::text, $3::text, $4::int, $5::text, $6::text, $7::text,
        $8::bigint, $9::int, $10::text, $11::boolean, $12::text, 1, $13::timestamptz, $13::timestamptz)
