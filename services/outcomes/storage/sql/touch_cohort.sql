UPDATE cohorts
   SET record_count = record_count + $3::bigint, version = version + 1, updated_at = $4::timestamptz
 WHERE region_id = $1::text AND id = $2::text
