INSERT INTO ambition_targets (ambition_id, period, commitment, value_unscaled, value_scale)
SELECT $1::text, t.period, t.commitment, t.unscaled, t.scale
  FROM unnest($2::text[], $3::text[], $4::bigint[], $5::int[]) AS t (period, commitment, unscaled, scale)
