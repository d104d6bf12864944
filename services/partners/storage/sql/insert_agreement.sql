INSERT INTO agreements
  (id, region_id, title, purposes, data_categories, legal_basis, legal_basis_citation, controller_id, valid_from_on,
   valid_until_on, state, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
