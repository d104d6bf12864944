-- Nothing when the version is no longer the one that was decided on.
UPDATE special_assignments
   SET title = $4, bottleneck_description = $5, bottleneck_source = $6, bottleneck_decision = $7,
       decided_on = $8, home_line_id = $9, lead_id = $10, working_group_title = $11, working_group_ids = $12,
       short_term_goals = $13, long_term_goals = $14, target_groups = $15, contact_organisation_id = $16,
       contact_role = $17, version = version + 1, updated_at = now()
 WHERE region_id = $1 AND program_id = $2 AND assignment_id = $3
   AND version = $18
