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
 WHERE a.id = ANY ($1::text[])
