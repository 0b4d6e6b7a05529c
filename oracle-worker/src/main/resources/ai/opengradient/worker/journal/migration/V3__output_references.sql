-- Outputs of open jobs may be claimed by tree root and content id, too.
CREATE TABLE reference_by_side (
  job INTEGER NOT NULL REFERENCES job (job) ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('input', 'output')),
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  root TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (job, side, position)
) STRICT;

INSERT INTO reference_by_side (job, side, position, type, root, content)
SELECT job, 'input', position, type, root, content FROM reference;

DROP TABLE reference;

ALTER TABLE reference_by_side RENAME TO reference;
