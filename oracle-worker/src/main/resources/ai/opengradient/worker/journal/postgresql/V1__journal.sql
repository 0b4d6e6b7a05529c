-- The same tables as a journal of SQLite's has after all its migrations, whose comments tell what they hold.
CREATE TABLE identity (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  chain_id BIGINT NOT NULL,
  genesis TEXT NOT NULL,
  market TEXT NOT NULL,
  worker TEXT NOT NULL
);

CREATE TABLE block (
  number BIGINT PRIMARY KEY,
  hash TEXT NOT NULL,
  timestamp BIGINT NOT NULL
);

CREATE TABLE job (
  job BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  binding INTEGER NOT NULL,
  requester TEXT NOT NULL,
  max_fee TEXT NOT NULL,
  bond TEXT NOT NULL,
  draw_block BIGINT NOT NULL,
  claim_deadline BIGINT NOT NULL,
  last_deadline BIGINT NOT NULL,
  open INTEGER NOT NULL,
  state TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);

CREATE INDEX job_open ON job (job) WHERE open = 1;

CREATE TABLE tensor (
  job BIGINT NOT NULL REFERENCES job (job) ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('input', 'output')),
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (job, side, position)
);

CREATE TABLE reference (
  job BIGINT NOT NULL REFERENCES job (job) ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('input', 'output')),
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  root TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (job, side, position)
);

CREATE TABLE total (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE outbox (
  position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  call_to TEXT NOT NULL,
  call_data TEXT NOT NULL,
  call_coin TEXT NOT NULL,
  deadline BIGINT,
  open INTEGER NOT NULL,
  stage TEXT NOT NULL
);

CREATE INDEX outbox_open ON outbox (position) WHERE open = 1;

CREATE TABLE promise (
  subject TEXT PRIMARY KEY,
  digest TEXT NOT NULL
);

CREATE TABLE nonce (
  nonce BIGINT PRIMARY KEY,
  effect TEXT NOT NULL
);

CREATE TABLE reconciliation (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1)
);

CREATE TABLE run (
  job BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  begun INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  reason TEXT NOT NULL
);

-- Who acts for the worker, and until when, by this server's clock. Each taking over raises the epoch.
CREATE TABLE lease (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  epoch BIGINT NOT NULL,
  holder TEXT NOT NULL,
  held_until TIMESTAMPTZ NOT NULL
);

INSERT INTO lease (only_row, epoch, holder, held_until) VALUES (1, 0, 'nobody', '-infinity');

-- Runs for executors: one for a job at most. An outcome is there when the run has ended.
CREATE TABLE task (
  task BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job BIGINT NOT NULL UNIQUE,
  version BIGINT NOT NULL,
  binding INTEGER NOT NULL,
  holder TEXT,
  held_until TIMESTAMPTZ,
  outcome TEXT CHECK (outcome IN ('answered', 'failed', 'harmed')),
  detail TEXT
);

CREATE INDEX task_free ON task (task) WHERE holder IS NULL AND outcome IS NULL;

CREATE TABLE task_tensor (
  task BIGINT NOT NULL REFERENCES task (task) ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('input', 'output')),
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (task, side, position)
);

-- Executors, and until when each counts as being there.
CREATE TABLE executor (
  holder TEXT PRIMARY KEY,
  lives_until TIMESTAMPTZ NOT NULL
);
