INSERT INTO special_assignments (region_id, program_id, assignment_id, title, bottleneck_description,
                                 bottleneck_source, bottleneck_decision, decided_on, home_line_id, lead_id,
                                 working_group_title, working_group_ids, short_term_goals, long_term_goals,
                                 target_groups, contact_organisation_id, contact_role)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
