-- The chain's coin that goes along with a call, in wei.
ALTER TABLE outbox ADD COLUMN call_coin TEXT NOT NULL DEFAULT '0';
