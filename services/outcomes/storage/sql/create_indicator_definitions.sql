INSERT INTO indicator_definitions (indicator_id, version, source, description, first_period)
SELECT $1::text, d.version, d.source, d.description, d.first_period
  FROM unnest($2::int[], $3::text[], $4::text[], $5::text[]) AS d (version, source, description, first_period)
