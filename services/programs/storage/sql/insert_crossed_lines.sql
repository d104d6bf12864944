INSERT INTO crossed_lines (region_id, program_id, assignment_id, line_id, position)
SELECT $1, $2, $3, e.line_id, e.place
  FROM unnest($4::text[]) WITH ORDINALITY AS e(line_id, place)
