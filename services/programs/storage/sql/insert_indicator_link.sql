INSERT INTO indicator_links (region_id, program_id, line_id, indicator_link_id, title, indicator, ambition,
                             organisation_id, level)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
