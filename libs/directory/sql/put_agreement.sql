INSERT INTO directory_agreements (agreement_id, region_id, title, state, legal_basis, controller_id, validity, version)
VALUES ($1, $2, $3, $4, $5, $6,
        CASE WHEN $4 = 'DRAFT' THEN 'empty'::daterange
             ELSE daterange($7::date, $8::date, '[]') * daterange($9::date, $10::date, '[)')
        END,
        $11)
ON CONFLICT (agreement_id) DO UPDATE
   SET title = excluded.title, state = excluded.state, validity = excluded.validity, version = excluded.version
 WHERE directory_agreements.version < excluded.version
