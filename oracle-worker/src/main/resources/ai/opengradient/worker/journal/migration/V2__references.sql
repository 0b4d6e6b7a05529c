-- Inputs of open jobs that a request gave by tree root and content id.
CREATE TABLE reference (
  job INTEGER NOT NULL REFERENCES job (job) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  root TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (job, position)
) STRICT;
