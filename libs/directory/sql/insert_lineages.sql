WITH RECURSIVE below (id) AS (
  SELECT unnest($1::text[])
  UNION
  SELECT o.organisation_id FROM below JOIN directory_organisations o ON o.parent_id = below.id
), lineages (organisation_id, ancestor_id, depth) AS (
  SELECT id, id, 0 FROM below
  UNION ALL
  SELECT l.organisation_id, o.parent_id, l.depth + 1
    FROM lineages l
    JOIN directory_organisations o ON o.organisation_id = l.ancestor_id
   WHERE o.parent_id IS NOT NULL AND l.depth < 8
)
INSERT INTO directory_lineages (organisation_id, ancestor_id, depth)
SELECT organisation_id, ancestor_id, min(depth) FROM lineages GROUP BY organisation_id, ancestor_id
