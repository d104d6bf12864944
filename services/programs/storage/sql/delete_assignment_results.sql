DELETE FROM assignment_results WHERE region_id = $1 AND program_id = $2 AND assignment_id = $3
