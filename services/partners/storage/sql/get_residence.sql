SELECT municipality_id, region_id, rmc_office_id, attendance_office_id FROM directory_residence($1, $2)
