INSERT INTO lines (region_id, program_id, line_id, code, title, description, lead_organisation_id, processes,
                   target_groups, results)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
