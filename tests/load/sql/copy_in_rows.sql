-- Writes the rows of 2,000 new dossiers of region 19, one file a table, into the working directory: for copy_in.sql.
--   psql -v round=001 -f copy_in_rows.sql
\set ON_ERROR_STOP on
CREATE TEMP TABLE source AS
SELECT d.id, d.pupil_id, ('00000000-0000-7000-a' || :'round' || right(d.id::text, 13))::uuid AS new_id,
       ('00000000-0000-7000-b' || :'round' || right(d.pupil_id::text, 13))::uuid AS new_pupil_id
  FROM dossiers d
 WHERE d.region_id = '16'
 ORDER BY d.id
 LIMIT 2000;
COPY (SELECT '19', s.new_pupil_id, sha256(p.pgn_hash || convert_to(s.new_id::text, 'UTF8')), p.pgn_sealed, p.created_at
        FROM source s JOIN pupils p ON p.region_id = '16' AND p.id = s.pupil_id)
  TO STDOUT \g pupils.copy
COPY (SELECT '19', s.new_id, s.new_pupil_id, d.version, d.state, d.state_times, d.origin, d.finality, d.is_late_entrant,
             'college-de-vecht', d.receiving_organisation_id, 'college-de-vecht', d.municipality_of_residence,
             d.has_start_qualification, d.school_year, d.due_on, d.birth_on, d.rejection_reason, d.rejection_note, d.created_at,
             d.updated_at
        FROM source s JOIN dossiers d ON d.region_id = '16' AND d.id = s.id)
  TO STDOUT \g dossiers.copy
COPY (SELECT '19', s.new_id, c.category, c.document
        FROM source s JOIN dossier_sections c ON c.region_id = '16' AND c.dossier_id = s.id)
  TO STDOUT \g dossier_sections.copy
COPY (SELECT '19', s.new_id, 'college-de-vecht', 'DELIVERING', 'college-de-vecht', now(), NULL FROM source s)
  TO STDOUT \g dossier_parties.copy
COPY (SELECT '19', s.new_id, 'NOT_NEEDED', '{}' FROM source s)
  TO STDOUT \g warm_handovers.copy
