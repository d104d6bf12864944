-- Deploy dossiers:pupil_wall to pg
-- requires: wall
-- The second wall of pupils at the price of the others: the numbers that a transaction brings are taken from the setting once
-- per statement and not once per row, which of 200 dossiers cost 200 times 200.
BEGIN;

ALTER POLICY pupils_read ON pupils
  USING (encode(pgn_hash, 'hex') = ANY ((SELECT vsv_pgn_hashes())::text[])
         OR EXISTS (SELECT FROM dossiers d WHERE d.region_id = pupils.region_id AND d.pupil_id = pupils.id));
ALTER POLICY pupils_make ON pupils
  WITH CHECK (encode(pgn_hash, 'hex') = ANY ((SELECT vsv_pgn_hashes())::text[]));

COMMIT;
