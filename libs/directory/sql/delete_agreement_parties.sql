DELETE FROM directory_agreement_parties WHERE agreement_id = $1
