INSERT INTO measures (region_id, program_id, line_id, measure_id, title, description, owner_id, start_on,
                      end_on, state, started_on, ended_on, stop_reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
