-- What the snapshot of an RMC office tells, unjudged: one row a dossier.
COPY (
  SELECT d.region_id, d.id, d.pupil_id, d.version, d.state, d.state_times, d.origin, d.finality, d.is_late_entrant,
         d.delivering_organisation_id, d.receiving_organisation_id, d.responsible_organisation_id,
         d.municipality_of_residence, d.has_start_qualification, d.school_year, d.due_on, d.birth_on, d.created_at,
         d.updated_at, s.document, w.state AS handover, w.participants
    FROM dossiers d
    LEFT JOIN dossier_sections s ON s.region_id = d.region_id AND s.dossier_id = d.id AND s.category = 'ADMINISTRATIVE'
    LEFT JOIN warm_handovers w ON w.region_id = d.region_id AND w.dossier_id = d.id
   WHERE d.region_id = '16'
   ORDER BY d.id) TO STDOUT;
