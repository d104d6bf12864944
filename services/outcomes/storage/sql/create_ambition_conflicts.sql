INSERT INTO ambition_conflicts (ambition_id, position, source, statement)
SELECT $1::text, c.position, c.source, c.statement
  FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS c (source, statement, position)
