INSERT INTO warm_handovers (region_id, dossier_id, state, planned_on, held_on, participants, support_agreed_on,
                            support_agreed_by, first_school_on, followed_up_on, due_on)
SELECT c.region_id, c.dossier_id, c.state, c.planned_on, c.held_on, string_to_array(c.participants, ','),
       c.support_agreed_on, c.support_agreed_by, c.first_school_on, c.followed_up_on, c.due_on
  FROM unnest($1::text[], $2::uuid[], $3::text[], $4::date[], $5::date[], $6::text[], $7::date[], $8::text[], $9::date[],
              $10::date[], $11::date[])
       AS c (region_id, dossier_id, state, planned_on, held_on, participants, support_agreed_on,
             support_agreed_by, first_school_on, followed_up_on, due_on)
ON CONFLICT (region_id, dossier_id) DO UPDATE
   SET state = EXCLUDED.state, planned_on = EXCLUDED.planned_on, held_on = EXCLUDED.held_on,
       participants = EXCLUDED.participants, support_agreed_on = EXCLUDED.support_agreed_on,
       support_agreed_by = EXCLUDED.support_agreed_by, first_school_on = EXCLUDED.first_school_on,
       followed_up_on = EXCLUDED.followed_up_on, due_on = EXCLUDED.due_on
