-- How many are in each state at the end of day $3, of the processes $2.
SELECT process, state, responsible_organisation_id, due_on, sum(value)::bigint AS count
  FROM process_counts
 WHERE region_id = $1 AND process = ANY ($2::text[]) AND day <= $3
 GROUP BY process, state, responsible_organisation_id, due_on
HAVING sum(value) <> 0
 ORDER BY process, responsible_organisation_id, due_on, state
