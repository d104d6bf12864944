DELETE FROM line_budgets WHERE region_id = $1 AND program_id = $2 AND line_id = $3
