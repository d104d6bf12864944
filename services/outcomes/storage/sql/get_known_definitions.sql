SELECT d.indicator_id, d.version
  FROM indicator_definitions d
 WHERE d.indicator_id = ANY ($1::text[])
