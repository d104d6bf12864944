-- Lets this transaction find the pupils whose numbers it brings (hex, comma-separated).
SELECT set_config('vsv.pgn_hashes', $1::text, true)
