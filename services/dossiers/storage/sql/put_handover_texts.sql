-- What is not given stays.
INSERT INTO warm_handover_texts AS t (region_id, dossier_id, agreed_support, follow_up_outcome, declined_reason)
SELECT c.region_id, c.dossier_id, c.agreed_support, c.follow_up_outcome, c.declined_reason
  FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[])
       AS c (region_id, dossier_id, agreed_support, follow_up_outcome, declined_reason)
ON CONFLICT (region_id, dossier_id) DO UPDATE
   SET agreed_support = coalesce(EXCLUDED.agreed_support, t.agreed_support),
       follow_up_outcome = coalesce(EXCLUDED.follow_up_outcome, t.follow_up_outcome),
       declined_reason = coalesce(EXCLUDED.declined_reason, t.declined_reason)
