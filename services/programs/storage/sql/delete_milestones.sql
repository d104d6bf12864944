DELETE FROM milestones WHERE region_id = $1 AND program_id = $2 AND line_id = $3 AND measure_id = $4
