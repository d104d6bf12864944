SELECT k.place, r.region_id, r.program_id, r.line_id, r.measure_id, r.title, r.description, r.owner_id,
       r.start_on, r.end_on, r.state, r.started_on, r.ended_on, r.stop_reason, r.milestone_ids,
       r.milestone_titles, r.milestone_due_on, r.milestone_done_on, r.version, r.created_at, r.updated_at
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY
       AS k(region_id, program_id, line_id, measure_id, place)
  JOIN measure_rows r
    ON r.region_id = k.region_id
   AND r.program_id = k.program_id
   AND r.line_id = k.line_id
   AND r.measure_id = k.measure_id
