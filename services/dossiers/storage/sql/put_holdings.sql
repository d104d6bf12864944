-- Receipts of what is handed out, per dossier with its version and its categories and bases (comma-separated, same order);
-- most are there already, and cost a look. Before a receipt is written, or opened anew, the dossier is locked against changes
-- and its erasure: whoever changes it afterwards finds the receipt there when the holders are told. $9 whether to wait for such
-- locks. Gives the deliveries that cannot be made as they were judged: the dossier is at another version, or (is_busy) somebody
-- is changing it, or it is gone.
WITH receipts AS MATERIALIZED (
  SELECT c.ordinal, c.region_id, c.dossier_id, c.organisation_id, c.purpose, r.category, r.basis, c.delivered_at, c.version
    FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::bigint[])
         WITH ORDINALITY
         AS c (region_id, dossier_id, organisation_id, purpose, categories, bases, delivered_at, version, ordinal)
   CROSS JOIN LATERAL unnest(string_to_array(c.categories, ','), string_to_array(c.bases, ',')) AS r (category, basis)
    LEFT JOIN holdings h ON h.region_id = c.region_id AND h.dossier_id = c.dossier_id
     AND h.organisation_id = c.organisation_id AND h.purpose = c.purpose AND h.category = r.category
   WHERE h.region_id IS NULL OR h.basis <> r.basis OR h.ended_noted_at IS NOT NULL OR h.recalled_at IS NOT NULL
      OR h.taken_version IS NOT NULL),
handed_out AS MATERIALIZED (
  SELECT DISTINCT r.ordinal, r.region_id, r.dossier_id, r.version FROM receipts r),
waited_for AS MATERIALIZED (
  SELECT d.region_id, d.id, d.version
    FROM dossiers d
   WHERE $9::boolean AND (d.region_id, d.id) IN (SELECT o.region_id, o.dossier_id FROM handed_out o)
   ORDER BY d.region_id, d.id
     FOR SHARE OF d),
free AS MATERIALIZED (
  SELECT d.region_id, d.id, d.version
    FROM dossiers d
   WHERE NOT $9::boolean AND (d.region_id, d.id) IN (SELECT o.region_id, o.dossier_id FROM handed_out o)
   ORDER BY d.region_id, d.id
     FOR SHARE OF d SKIP LOCKED),
locked AS MATERIALIZED (
  SELECT w.* FROM waited_for w UNION ALL SELECT f.* FROM free f),
put AS (
  INSERT INTO holdings AS t (region_id, dossier_id, organisation_id, purpose, category, basis, first_delivered_at)
  SELECT r.region_id, r.dossier_id, r.organisation_id, r.purpose, r.category, r.basis, r.delivered_at
    FROM receipts r
    JOIN locked l ON l.region_id = r.region_id AND l.id = r.dossier_id
   ORDER BY r.region_id, r.dossier_id, r.organisation_id, r.purpose, r.category
  ON CONFLICT (region_id, dossier_id, organisation_id, purpose, category) DO UPDATE
     SET basis = EXCLUDED.basis, ended_noted_at = NULL, recalled_at = NULL, recalled_version = NULL,
         taken_version = NULL
   WHERE t.basis <> EXCLUDED.basis OR t.ended_noted_at IS NOT NULL OR t.recalled_at IS NOT NULL
      OR t.taken_version IS NOT NULL)
SELECT o.ordinal, l.id IS NULL AS is_busy
  FROM handed_out o
  LEFT JOIN locked l ON l.region_id = o.region_id AND l.id = o.dossier_id
 WHERE l.version IS DISTINCT FROM o.version
 ORDER BY o.ordinal
