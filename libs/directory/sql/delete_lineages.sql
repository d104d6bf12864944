WITH RECURSIVE below (id) AS (
  SELECT unnest($1::text[])
  UNION
  SELECT o.organisation_id FROM below JOIN directory_organisations o ON o.parent_id = below.id
)
DELETE FROM directory_lineages WHERE organisation_id IN (SELECT id FROM below)
