INSERT INTO cohorts (region_id, id, institution_id, count_on, state, record_count, version, created_at, updated_at)
VALUES ($1::text, $2::text, $3::text, $4::date, 'OPEN', 0, 1, $5::timestamptz, $5::timestamptz)
