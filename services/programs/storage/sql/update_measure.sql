-- Nothing when the version is no longer the one that was decided on.
UPDATE measures
   SET title = $5, description = $6, owner_id = $7, start_on = $8, end_on = $9, state = $10,
       started_on = $11, ended_on = $12, stop_reason = $13, version = version + 1, updated_at = now()
 WHERE region_id = $1 AND program_id = $2 AND line_id = $3 AND measure_id = $4
   AND version = $14
