INSERT INTO milestones (region_id, program_id, line_id, measure_id, milestone_id, title, due_on, done_on, position)
SELECT $1, $2, $3, $4, e.milestone_id, e.title, e.due_on, e.done_on, e.place
  FROM unnest($5::text[], $6::text[], $7::date[], $8::date[]) WITH ORDINALITY AS e(milestone_id, title, due_on, done_on, place)
