UPDATE cohorts
   SET state = 'CLOSED', version = version + 1, updated_at = $3::timestamptz
 WHERE region_id = $1::text AND id = $2::text
