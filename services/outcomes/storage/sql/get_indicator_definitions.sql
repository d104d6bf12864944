SELECT indicator_id, version, source, description, first_period
  FROM indicator_definitions
 WHERE indicator_id = ANY ($1::text[])
 ORDER BY indicator_id, version
