SELECT pg_advisory_xact_lock(hashtextextended(cell, 0))
  FROM (SELECT DISTINCT c.cell FROM unnest($1::text[]) AS c (cell) ORDER BY 1) AS cells
