SELECT ambition_id, source, statement
  FROM ambition_conflicts
 WHERE ambition_id = ANY ($1::text[])
 ORDER BY ambition_id, position
