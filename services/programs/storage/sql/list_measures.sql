-- A page behind the id $4; an empty filter passes everything.
SELECT r.region_id, r.program_id, r.line_id, r.measure_id, r.title, r.description, r.owner_id, r.start_on,
       r.end_on, r.state, r.started_on, r.ended_on, r.stop_reason, r.milestone_ids, r.milestone_titles,
       r.milestone_due_on, r.milestone_done_on, r.version, r.created_at, r.updated_at
  FROM measure_rows r
 WHERE r.region_id = $1
   AND r.program_id = $2
   AND r.line_id = $3
   AND r.measure_id > $4
   AND ($5 = '' OR r.state = $5)
   AND ($6 = '' OR r.owner_id = $6)
 ORDER BY r.measure_id
 LIMIT $7
