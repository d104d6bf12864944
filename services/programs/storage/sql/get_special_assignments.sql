SELECT k.place, r.region_id, r.program_id, r.assignment_id, r.title, r.bottleneck_description,
       r.bottleneck_source, r.bottleneck_decision, r.decided_on, r.home_line_id, r.lead_id,
       r.working_group_title, r.working_group_ids, r.short_term_goals, r.long_term_goals, r.target_groups,
       r.contact_organisation_id, r.contact_role, r.crossed_line_ids, r.result_ids, r.result_titles,
       r.result_due_on, r.result_states, r.result_reported_on, r.result_notes, r.version, r.created_at,
       r.updated_at
  FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY
       AS k(region_id, program_id, assignment_id, place)
  JOIN special_assignment_rows r
    ON r.region_id = k.region_id
   AND r.program_id = k.program_id
   AND r.assignment_id = k.assignment_id
