-- A page behind the id $4; an empty filter passes everything.
SELECT r.region_id, r.program_id, r.line_id, r.indicator_link_id, r.title, r.indicator, r.ambition,
       r.organisation_id, r.level, r.version, r.created_at, r.updated_at
  FROM indicator_links r
 WHERE r.region_id = $1
   AND r.program_id = $2
   AND r.line_id = $3
   AND r.indicator_link_id > $4
   AND ($5 = '' OR r.indicator = $5)
   AND ($6 = '' OR r.organisation_id = $6)
 ORDER BY r.indicator_link_id
 LIMIT $7
