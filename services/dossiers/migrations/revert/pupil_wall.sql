-- Revert dossiers:pupil_wall from pg
BEGIN;

ALTER POLICY pupils_read ON pupils
  USING (encode(pgn_hash, 'hex') = ANY (vsv_pgn_hashes())
         OR EXISTS (SELECT FROM dossiers d WHERE d.region_id = pupils.region_id AND d.pupil_id = pupils.id));
ALTER POLICY pupils_make ON pupils WITH CHECK (encode(pgn_hash, 'hex') = ANY (vsv_pgn_hashes()));

COMMIT;
