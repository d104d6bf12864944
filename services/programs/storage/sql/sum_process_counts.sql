-- How many are in each state at the end of day $3, of the processes $2: whole months before the month of that day, and the days
-- of the month up to it.
SELECT process, state, responsible_organisation_id, due_on, sum(value)::bigint AS count
  FROM (SELECT m.process, m.state, m.responsible_organisation_id, m.due_on, m.value
          FROM process_months m
         WHERE m.region_id = $1 AND m.process = ANY ($2::text[]) AND m.month < date_trunc('month', $3::date::timestamp)::date
        UNION ALL
        SELECT c.process, c.state, c.responsible_organisation_id, c.due_on, c.value
          FROM process_counts c
         WHERE c.region_id = $1 AND c.process = ANY ($2::text[])
           AND c.day BETWEEN date_trunc('month', $3::date::timestamp)::date AND $3::date) moved
 GROUP BY process, state, responsible_organisation_id, due_on
HAVING sum(value) <> 0
 ORDER BY process, responsible_organisation_id, due_on, state
