-- Revert dossiers:residence from pg
-- Back to the functions of judgement, whose script is run again, and to the policy of wall.
BEGIN;

DROP FUNCTION residence_homes(text[], text[], date);
DROP FUNCTION granted_categories(text, uuid, text, text, text[], date, text[]);
-- For the script that follows, which drops it.
CREATE FUNCTION granted_categories(text, uuid, text, text, text[], date) RETURNS void LANGUAGE sql AS 'SELECT';

COMMIT;

\ir judgement.sql
\ir ../deploy/judgement.sql

ALTER POLICY dossiers_touch ON dossiers
  USING (delivering_organisation_id = ANY ((SELECT vsv_callers())::text[])
         OR EXISTS (SELECT FROM dossier_parties p
                     WHERE p.region_id = dossiers.region_id AND p.dossier_id = dossiers.id
                       AND p.organisation_id COLLATE "C" = ANY ((SELECT vsv_callers())::text[]) AND p.to_at IS NULL)
         OR municipality_of_residence = ANY ((SELECT vsv_served_municipalities())::text[]));
