INSERT INTO assignment_results (region_id, program_id, assignment_id, result_id, title, due_on, state, reported_on, note, position)
SELECT $1, $2, $3, e.result_id, e.title, e.due_on, e.state, e.reported_on, e.note, e.place
  FROM unnest($4::text[], $5::text[], $6::date[], $7::text[], $8::date[], $9::text[]) WITH ORDINALITY AS e(result_id, title, due_on, state, reported_on, note, place)
