-- Never changed once recorded, except that it is withdrawn.
INSERT INTO consents (region_id, dossier_id, id, category, recipient_organisation_id, purpose, valid_from, valid_until,
                      given_by, given_on, evidence, recorded_by_organisation_id, recorded_at, withdrawn_at)
SELECT c.region_id, c.dossier_id, c.id, c.category, c.recipient_organisation_id, c.purpose, c.valid_from, c.valid_until,
       c.given_by, c.given_on, c.evidence, c.recorded_by_organisation_id, c.recorded_at, c.withdrawn_at
  FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::date[], $8::date[], $9::text[],
              $10::date[], $11::text[], $12::text[], $13::timestamptz[], $14::timestamptz[])
       AS c (region_id, dossier_id, id, category, recipient_organisation_id, purpose, valid_from, valid_until,
             given_by, given_on, evidence, recorded_by_organisation_id, recorded_at, withdrawn_at)
ON CONFLICT (region_id, dossier_id, id) DO UPDATE SET withdrawn_at = EXCLUDED.withdrawn_at
