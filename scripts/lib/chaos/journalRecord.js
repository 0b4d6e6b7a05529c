import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";

const DEFECT = /Unexpected failure|Exception in thread/;
const HASHES = /0x[0-9a-f]{64}(?![0-9a-f])/g;

/** What the worker's journal says, once the worker has stopped. */
export function readJournal(folder) {
  const database = new DatabaseSync(join(folder, "data/journal.db"), { readOnly: true });
  const all = (sql) => database.prepare(sql).all();
  try {
    return {
      effects: all("SELECT key, open, stage FROM outbox").map(({ key, open, stage }) => {
        const { is, outcome, attempts = [] } = JSON.parse(stage);
        const hashes = attempts.map(({ transaction }) => transaction.hash);
        const receipts = JSON.stringify(outcome ?? {}).match(HASHES) ?? [];
        return { key, isOpen: open === 1, stage: is, outcome: outcome?.is, hashes, receipts };
      }),
      jobs: all("SELECT job, open, state FROM job").map(({ job, open, state }) => {
        const { is, ending, detail } = JSON.parse(state);
        return { id: Number(job), isOpen: open === 1, state: is, ending, detail };
      }),
      blocks: all("SELECT number, hash FROM block").map(({ number, hash }) => ({ number: Number(number), hash })),
      nonces: all("SELECT nonce, effect FROM nonce").map(({ nonce, effect }) => ({ nonce: Number(nonce), effect })),
    };
  } finally {
    database.close();
  }
}

/** What a party's log tells of defects of the program, and of threads that died: each with the line that names the cause. */
export function defectsIn(log) {
  const lines = log.split("\n");
  return lines
    .map((line, index) => (DEFECT.test(line) ? `${line.trim()}: ${lines[index + 1]?.trim() ?? ""}` : undefined))
    .filter((line) => line !== undefined);
}
