-- A stretch of the dossiers related to one asker, by id, and those among them that it may see: as many candidates are taken
-- in the order of an index as are judged, so that no page depends on how many dossiers there are; of those that are alike in
-- all that rules and agreements look at, one is judged. Always at least one row; `last_candidate` and `candidates` tell how
-- far the stretch went. A town is walked by a range and not by equality: with equality the planner may take the order from the
-- primary key and read the whole region for each town.
-- $1 region, $2 organisation, $3 purpose, $4 relations, $5 day, $6 after, $7 rows wanted, $8 seconds the register may be
-- old; filters, NULL for any: $9 state, $10 delivering, $11 receiving, $12 responsible, $13 school year, $14 due before;
-- $15 candidates to take.
WITH served AS MATERIALIZED (
  SELECT s.municipality_code AS town, array_agg(s.relation ORDER BY s.relation) AS relations
    FROM served_municipalities(ARRAY[$2::text], $5::date) s
   WHERE s.relation = ANY ($4::text[])
   GROUP BY s.municipality_code),
candidates AS MATERIALIZED (
  SELECT DISTINCT c.dossier_id
    FROM ((SELECT p.dossier_id
             FROM dossier_parties p
            WHERE p.organisation_id = $2::text AND p.region_id = $1::text AND p.dossier_id > $6::uuid
              AND p.to_at IS NULL AND p.relation = ANY ($4::text[])
            ORDER BY p.dossier_id
            LIMIT $15::bigint)
          UNION ALL
          (SELECT home.id
             FROM served s
            CROSS JOIN LATERAL (
               SELECT d.id
                 FROM dossiers d
                WHERE d.region_id = $1::text AND d.municipality_of_residence <= s.town
                  AND (d.municipality_of_residence, d.id) > (s.town, $6::uuid)
                ORDER BY d.municipality_of_residence, d.id
                LIMIT $15::bigint) home)) c
   ORDER BY c.dossier_id
   LIMIT $15::bigint),
found AS MATERIALIZED (
  SELECT d.id, d.state, d.delivering_organisation_id AS provider_id, coalesce(party.relations, '{}') AS as_party,
         coalesce(served.relations, '{}') AS by_residence
    FROM candidates c
    JOIN dossiers d ON d.region_id = $1::text AND d.id = c.dossier_id
   CROSS JOIN LATERAL (
      SELECT array_agg(p.relation ORDER BY p.relation) AS relations
        FROM dossier_parties p
       WHERE p.region_id = $1::text AND p.dossier_id = d.id AND p.organisation_id = $2::text AND p.to_at IS NULL) party
    LEFT JOIN served ON served.town = d.municipality_of_residence
   WHERE ($9::text IS NULL OR d.state = $9::text)
     AND ($10::text IS NULL OR d.delivering_organisation_id = $10::text)
     AND ($11::text IS NULL OR d.receiving_organisation_id = $11::text)
     AND ($12::text IS NULL OR d.responsible_organisation_id = $12::text)
     AND ($13::integer IS NULL OR d.school_year = $13::integer)
     AND ($14::date IS NULL OR d.due_on < $14::date)),
alike AS MATERIALIZED (
  SELECT k.ids, g.categories, g.bases, g.on_consent
    FROM (SELECT f.state, f.provider_id, f.as_party, f.by_residence, array_agg(f.id) AS ids
            FROM found f
           GROUP BY f.state, f.provider_id, f.as_party, f.by_residence) k
   CROSS JOIN LATERAL grants_of_alike(
           $1::text, k.provider_id, k.state, $2::text, $3::text,
           -- A consent is no way past the application: whoever is applied to gets the dossier when it is sent.
           ARRAY(SELECT r.relation
                   FROM unnest(k.as_party || k.by_residence) AS r (relation)
                  WHERE r.relation = ANY ($4::text[])
                    AND NOT (r.relation = 'CONSENTED_PARTY' AND 'APPLIED_TO' = ANY (k.as_party))),
           $5::date) g),
page AS MATERIALIZED (
  SELECT f.id AS dossier_id, coalesce(more.categories, a.categories) AS categories, coalesce(more.bases, a.bases) AS bases
    FROM alike a
   CROSS JOIN LATERAL unnest(a.ids) AS f (id)
   CROSS JOIN LATERAL (
      SELECT array_agg(c.category) AS given
        FROM consents c
       WHERE c.region_id = $1::text AND c.dossier_id = f.id AND c.recipient_organisation_id = $2::text
         AND c.purpose = $3::text AND $5::date BETWEEN c.valid_from AND c.valid_until AND c.withdrawn_at IS NULL
         AND a.on_consent IS NOT NULL) consent
   CROSS JOIN LATERAL grants_with_consents(a.categories, a.bases, a.on_consent, consent.given) more
   WHERE 'PROCESS' = ANY (coalesce(more.categories, a.categories))
   ORDER BY f.id
   LIMIT $7::bigint)
SELECT fresh.is_fresh, stretch.last_candidate, stretch.candidates, p.categories, p.bases,
       d.region_id, d.id, d.pupil_id, d.version, d.state, d.state_times, d.origin, d.finality, d.is_late_entrant,
       d.delivering_organisation_id, d.receiving_organisation_id, d.responsible_organisation_id,
       d.municipality_of_residence, d.has_start_qualification, d.school_year, d.due_on, d.birth_on, d.rejection_reason,
       d.rejection_note, d.created_at, d.updated_at, d.pgn_hash, d.pgn_sealed, d.section_categories, d.section_documents,
       d.views, d.handover, d.handover_participants, d.agreed_support, d.follow_up_outcome, d.declined_reason,
       d.first_year,
       -- Whether something granted has no receipt yet that is open and says the same.
       (SELECT count(*) < cardinality(p.categories)
          FROM holdings h
         WHERE h.region_id = $1::text AND h.dossier_id = d.id AND h.organisation_id = $2::text AND h.purpose = $3::text
           AND h.recalled_at IS NULL AND h.ended_noted_at IS NULL AND h.taken_version IS NULL
           AND h.basis = p.bases[array_position(p.categories, h.category)]) AS lacks_receipt
  FROM register_freshness($8::bigint) fresh
 CROSS JOIN (SELECT max(c.dossier_id::text) AS last_candidate, count(*) AS candidates FROM candidates c) stretch
  LEFT JOIN (page p
             JOIN (SELECT array_agg($1::text) AS regions, array_agg(q.dossier_id) AS ids,
                          array_agg(array_to_string(q.categories, ',')) AS categories
                     FROM page q) whole ON true
             JOIN LATERAL dossier_contents(whole.regions, whole.ids, whole.categories, false) d ON d.id = p.dossier_id)
    ON fresh.is_fresh
 ORDER BY d.id
