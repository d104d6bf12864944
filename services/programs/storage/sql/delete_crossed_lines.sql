DELETE FROM crossed_lines WHERE region_id = $1 AND program_id = $2 AND assignment_id = $3
