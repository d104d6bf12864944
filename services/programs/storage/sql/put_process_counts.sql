-- Keys within one batch are distinct; the newest value replaces what was held, and the month moves by the difference. One
-- snapshot: what was held is read as it was before this statement. There is one writer at a time, the projection (libs/feed/projector.h).
WITH news AS (
  SELECT c.region_id, c.process, c.state, c.responsible_organisation_id, c.due_on, c.day, c.value,
         c.value - coalesce(held.value, 0) AS moved
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::date[], $7::bigint[])
         AS c(region_id, process, state, responsible_organisation_id, due_on, day, value)
    LEFT JOIN process_counts held
      ON held.region_id = c.region_id AND held.process = c.process AND held.state = c.state
     AND held.responsible_organisation_id = c.responsible_organisation_id AND held.due_on = c.due_on AND held.day = c.day),
days AS (
  INSERT INTO process_counts (region_id, process, state, responsible_organisation_id, due_on, day, value)
  SELECT region_id, process, state, responsible_organisation_id, due_on, day, value FROM news
      ON CONFLICT (region_id, process, state, responsible_organisation_id, due_on, day)
      DO UPDATE SET value = excluded.value)
INSERT INTO process_months AS m (region_id, process, state, responsible_organisation_id, due_on, month, value)
SELECT region_id, process, state, responsible_organisation_id, due_on, date_trunc('month', day::timestamp)::date, sum(moved)
  FROM news
 GROUP BY 1, 2, 3, 4, 5, 6
HAVING sum(moved) <> 0
    ON CONFLICT (region_id, process, state, responsible_organisation_id, due_on, month)
    DO UPDATE SET value = m.value + excluded.value
