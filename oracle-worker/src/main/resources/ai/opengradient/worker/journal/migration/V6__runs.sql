-- Jobs whose runs have begun and did not end well yet; those in quarantine stay until somebody lets them out.
CREATE TABLE run (
  job INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  begun INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
