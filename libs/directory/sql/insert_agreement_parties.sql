INSERT INTO directory_agreement_parties (agreement_id, organisation_id, direction, purposes, data_categories)
SELECT $1, p.organisation_id, p.direction, string_to_array(p.purposes, ','), string_to_array(p.data_categories, ',')
  FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS p(organisation_id, direction, purposes, data_categories)
