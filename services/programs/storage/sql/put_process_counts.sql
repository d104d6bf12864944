-- Keys within one batch are distinct; the newest value replaces what was held.
INSERT INTO process_counts (region_id, process, state, responsible_organisation_id, due_on, day, value)
SELECT c.region_id, c.process, c.state, c.responsible_organisation_id, c.due_on, c.day, c.value
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::date[], $7::bigint[])
       AS c(region_id, process, state, responsible_organisation_id, due_on, day, value)
    ON CONFLICT (region_id, process, state, responsible_organisation_id, due_on, day)
    DO UPDATE SET value = excluded.value
