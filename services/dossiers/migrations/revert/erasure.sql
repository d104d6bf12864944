-- Revert dossiers:erasure from pg
-- Receipts of what is gone cannot stand under the keys that come back, and its erasure is no longer known here: the register
-- outside the database keeps it.
BEGIN;

\set worker vsv_dossiers_worker

DROP FUNCTION erase_dossiers_again(text[], uuid[], bytea[], timestamptz[], text[]);
DROP FUNCTION erase_dossiers(text[], uuid[], bytea[], timestamptz[], text[]);
DROP FUNCTION vsv_erase_dossier(text, uuid, bytea, timestamptz, text);
REVOKE ALL ON process_counts FROM :"worker";
DROP TABLE erasures;
DELETE FROM holdings h
 WHERE NOT EXISTS (SELECT FROM dossiers d WHERE d.region_id = h.region_id AND d.id = h.dossier_id);
DELETE FROM recalls r
 WHERE NOT EXISTS (SELECT FROM dossiers d WHERE d.region_id = r.region_id AND d.id = r.dossier_id);
ALTER TABLE holdings ADD CONSTRAINT holdings_dossier_fkey
  FOREIGN KEY (region_id, dossier_id) REFERENCES dossiers (region_id, id) ON DELETE CASCADE;
ALTER TABLE recalls ADD CONSTRAINT recalls_dossier_fkey
  FOREIGN KEY (region_id, dossier_id) REFERENCES dossiers (region_id, id) ON DELETE CASCADE;

COMMIT;
