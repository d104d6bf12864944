-- Present values of the counters that moved.
SELECT c.ordinal, t.delta
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::date[])
       WITH ORDINALITY AS c (region_id, process, state, responsible_organisation_id, due_on, day, ordinal)
  JOIN process_counts t ON t.region_id = c.region_id AND t.process = c.process AND t.state = c.state
   AND t.responsible_organisation_id = c.responsible_organisation_id AND t.due_on = c.due_on AND t.day = c.day
 ORDER BY c.ordinal
