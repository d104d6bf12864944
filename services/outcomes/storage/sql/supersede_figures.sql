UPDATE figures f
   SET superseded_at = s.superseded_at
  FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) AS s (cell, known_from_at, superseded_at)
 WHERE f.cell = s.cell AND f.known_from_at = s.known_from_at
