-- Chain time, seconds, by which an effect must be mined.
ALTER TABLE outbox ADD COLUMN deadline INTEGER;
