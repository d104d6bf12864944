-- A page behind the id $3; an empty filter passes everything.
SELECT r.region_id, r.program_id, r.assignment_id, r.title, r.bottleneck_description, r.bottleneck_source,
       r.bottleneck_decision, r.decided_on, r.home_line_id, r.lead_id, r.working_group_title,
       r.working_group_ids, r.short_term_goals, r.long_term_goals, r.target_groups,
       r.contact_organisation_id, r.contact_role, r.crossed_line_ids, r.result_ids, r.result_titles,
       r.result_due_on, r.result_states, r.result_reported_on, r.result_notes, r.version, r.created_at,
       r.updated_at
  FROM special_assignment_rows r
 WHERE r.region_id = $1
   AND r.program_id = $2
   AND r.assignment_id > $3
   AND ($4 = '' OR r.home_line_id = $4)
   AND ($5 = '' OR r.lead_id = $5)
 ORDER BY r.assignment_id
 LIMIT $6
