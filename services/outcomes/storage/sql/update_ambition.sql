UPDATE ambitions
   SET display_name = $2::text, baseline_period = $3::text, baseline_unscaled = $4::bigint, baseline_scale = $5::int,
       direction = $6::text, institution_only = $7::boolean, source = $8::text, version = version + 1,
       updated_at = $9::timestamptz
 WHERE id = $1::text
