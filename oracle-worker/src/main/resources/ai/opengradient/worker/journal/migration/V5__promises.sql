-- What was signed, or was about to be, that binds: by subject such as claim/17, the digest of the one call.
CREATE TABLE promise (
  subject TEXT PRIMARY KEY,
  digest TEXT NOT NULL
) STRICT;

-- The account's nonces, and the effect that each was signed for.
CREATE TABLE nonce (
  nonce INTEGER PRIMARY KEY,
  effect TEXT NOT NULL
) STRICT;

INSERT INTO nonce (nonce, effect)
SELECT json_extract(stage, '$.attempts[0].nonce'), key FROM outbox
WHERE open = 1 AND json_extract(stage, '$.attempts[0].nonce') IS NOT NULL;

-- A row while the journal may lack what the chain shows of the account: nothing is signed before they are compared.
CREATE TABLE reconciliation (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1)
) STRICT;
