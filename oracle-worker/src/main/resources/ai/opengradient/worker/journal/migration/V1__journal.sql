-- Whose journal this is: a worker's on one deployment of the contracts.
CREATE TABLE identity (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  chain_id INTEGER NOT NULL,
  genesis TEXT NOT NULL,
  market TEXT NOT NULL,
  worker TEXT NOT NULL
) STRICT;

-- The ends of the ranges read last, for finding the common ancestor after a reorganisation. The newest is the cursor.
CREATE TABLE block (
  number INTEGER PRIMARY KEY,
  hash TEXT NOT NULL,
  timestamp INTEGER NOT NULL
) STRICT;

CREATE TABLE job (
  job INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  binding INTEGER NOT NULL,
  requester TEXT NOT NULL,
  max_fee TEXT NOT NULL,
  bond TEXT NOT NULL,
  draw_block INTEGER NOT NULL,
  claim_deadline INTEGER NOT NULL,
  last_deadline INTEGER NOT NULL,
  open INTEGER NOT NULL,
  state TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX job_open ON job (job) WHERE open = 1;

-- Inputs and outputs of open jobs.
CREATE TABLE tensor (
  job INTEGER NOT NULL REFERENCES job (job) ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('input', 'output')),
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (job, side, position)
) STRICT;

-- Totals over the worker's life, as decimal numbers.
CREATE TABLE total (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- What the account's sender means to send and has sent, in the order of its intents.
CREATE TABLE outbox (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  call_to TEXT NOT NULL,
  call_data TEXT NOT NULL,
  open INTEGER NOT NULL,
  stage TEXT NOT NULL
) STRICT;

CREATE INDEX outbox_open ON outbox (position) WHERE open = 1;
