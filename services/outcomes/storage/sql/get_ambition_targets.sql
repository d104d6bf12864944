SELECT ambition_id, period, commitment, value_unscaled, value_scale
  FROM ambition_targets
 WHERE ambition_id = ANY ($1::text[])
 ORDER BY ambition_id, period
