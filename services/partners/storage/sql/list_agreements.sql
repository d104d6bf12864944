SELECT a.id, a.region_id, a.title, a.purposes, a.data_categories, a.legal_basis, a.legal_basis_citation, a.controller_id,
       a.valid_from_on, a.valid_until_on, a.state, a.signed_on, a.terminated_on, a.version, a.created_at, a.updated_at,
       ARRAY(SELECT p.organisation_id FROM agreement_parties p WHERE p.agreement_id = a.id ORDER BY p.position)
         AS party_organisations,
       ARRAY(SELECT p.direction FROM agreement_parties p WHERE p.agreement_id = a.id ORDER BY p.position)
         AS party_directions,
       ARRAY(SELECT array_to_string(p.purposes, ',') FROM agreement_parties p WHERE p.agreement_id = a.id
              ORDER BY p.position) AS party_purposes,
       ARRAY(SELECT array_to_string(p.data_categories, ',') FROM agreement_parties p WHERE p.agreement_id = a.id
              ORDER BY p.position) AS party_data_categories
  FROM agreements a
 WHERE a.id > $1::text
   AND ($2::text = '' OR a.region_id = $2)
   AND ($3::text = '' OR a.state = $3)
   AND ($4::text = '' OR EXISTS (SELECT FROM agreement_parties p WHERE p.agreement_id = a.id AND p.organisation_id = $4))
   AND ($5::date IS NULL
        OR (a.signed_on <= $5 AND a.valid_from_on <= $5 AND (a.valid_until_on IS NULL OR $5 <= a.valid_until_on)
            AND (a.terminated_on IS NULL OR $5 < a.terminated_on)))
 ORDER BY a.id
 LIMIT $6::bigint
