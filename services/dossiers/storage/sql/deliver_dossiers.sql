-- Like get_dossiers, for a subscriber that may hold something already: `lost` is what it was given for this purpose and is
-- granted no longer, if not yet recalled, or recalled in what is news to this cursor: $7 lowest version among the changes
-- looked at, $8 lowest time, in microseconds, of ends without a change that are told of (0: none). `reason` is that of the last
-- change that took some of it, NULL when none did. $9 seconds the register may be old.
WITH asked AS MATERIALIZED (
  SELECT c.ordinal, c.region_id, c.id, c.organisation_id, c.purpose, c.relations, c.day, c.version, c.noted,
         home.municipality_of_residence AS town
    FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::date[], $7::bigint[], $8::bigint[])
         WITH ORDINALITY AS c (region_id, id, organisation_id, purpose, relations, day, version, noted, ordinal)
    LEFT JOIN dossiers home ON home.region_id = c.region_id AND home.id = c.id),
homes AS MATERIALIZED (
  -- Askers of two days meet in a batch around midnight only.
  SELECT CASE WHEN min(a.day) = max(a.day)
              THEN residence_homes(array_agg(a.organisation_id), array_agg(a.town), max(a.day)) END AS list
    FROM asked a),
judged AS MATERIALIZED (
  SELECT c.ordinal, c.region_id, c.id, c.organisation_id, c.purpose, c.version, c.noted, fresh.is_fresh, g.categories, g.bases
    FROM asked c
   CROSS JOIN homes
   CROSS JOIN register_freshness($9::bigint) fresh
   CROSS JOIN LATERAL granted_categories(c.region_id, c.id, c.organisation_id, c.purpose,
                                         string_to_array(c.relations, ','), c.day, homes.list) g),
contents AS MATERIALIZED (
  SELECT d.*
    FROM (SELECT array_agg(j.region_id ORDER BY j.ordinal) AS regions,
                 array_agg(CASE WHEN j.is_fresh AND 'PROCESS' = ANY (j.categories) THEN j.id END ORDER BY j.ordinal) AS ids,
                 array_agg(array_to_string(j.categories, ',') ORDER BY j.ordinal) AS categories
            FROM judged j) whole
   CROSS JOIN LATERAL dossier_contents(whole.regions, whole.ids, whole.categories, false) d)
SELECT c.ordinal, c.is_fresh, c.categories, c.bases, held.lost, why.reason,
       coalesce(why.recalled_at, held.recalled_at) AS recalled_at,
       d.region_id, d.id, d.pupil_id, d.version, d.state, d.state_times, d.origin, d.finality, d.is_late_entrant,
       d.delivering_organisation_id, d.receiving_organisation_id, d.responsible_organisation_id,
       d.municipality_of_residence, d.has_start_qualification, d.school_year, d.due_on, d.birth_on, d.rejection_reason,
       d.rejection_note, d.created_at, d.updated_at, d.pgn_hash, d.pgn_sealed, d.section_categories, d.section_documents,
       d.views, d.handover, d.handover_participants, d.agreed_support, d.follow_up_outcome, d.declined_reason,
       d.first_year
  FROM judged c
  LEFT JOIN contents d ON d.ordinal = c.ordinal
 CROSS JOIN LATERAL (
    SELECT array_agg(h.category ORDER BY h.category) AS lost, min(h.recalled_at) AS recalled_at,
           max(h.taken_version) AS taken_version
      FROM holdings h
     WHERE h.region_id = c.region_id AND h.dossier_id = c.id AND h.organisation_id = c.organisation_id
       AND h.purpose = c.purpose AND (h.recalled_version IS NULL OR h.recalled_version >= c.version
                                     OR (c.noted > 0
                                         AND h.ended_noted_at >= timestamptz 'epoch' + c.noted * interval '1 microsecond'))
       AND h.category <> ALL (coalesce(c.categories, '{}'))) held
  LEFT JOIN recalls why ON why.region_id = c.region_id AND why.dossier_id = c.id AND why.version = held.taken_version
                       AND why.holder_organisation_id = c.organisation_id
 ORDER BY c.ordinal
