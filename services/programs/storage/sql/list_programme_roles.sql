-- Roles of organisation $2 in the programme of region $1 on day $3.
SELECT DISTINCT kind
  FROM directory_programme_roles
 WHERE region_id = $1 AND organisation_id = $2 AND validity @> $3::date
 ORDER BY kind
