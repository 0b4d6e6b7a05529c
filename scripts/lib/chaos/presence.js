// How long the worker was there and well, from samples of it.

/** Samples further apart than this say nothing about the time between them. */
const LONGEST_GAP_MILLISECONDS = 5_000;

const isWell = ({ answers, troubles }) => answers && Object.keys(troubles).length === 0;

/** Seconds within a stretch of chain time in which the worker answered and was in no trouble; what the chain's clock jumped over doesn't count. */
export function secondsWell(samples, from, until) {
  let seconds = 0;
  for (let index = 1; index < samples.length; index++) {
    const [before, after] = [samples[index - 1], samples[index]];
    if (!isWell(before) || !isWell(after) || before.time < from || after.time > until) continue;
    const real = after.real - before.real;
    if (real > LONGEST_GAP_MILLISECONDS) continue;
    seconds += Math.max(0, Math.min(real / 1_000, after.time - before.time || real / 1_000));
  }
  return seconds;
}

/** Stretches in which every sample had a trouble: from and until in chain time, in milliseconds of ours, and where it was. */
export function stretchesOfTrouble(samples) {
  const stretches = [];
  let current;
  for (const { real, time, answers, troubles } of samples) {
    const where = Object.keys(troubles);
    if (!answers || where.length === 0) {
      current = undefined;
      continue;
    }
    if (!current) {
      current = { from: time, until: time, began: real, ended: real, where: new Set(), reasons: troubles };
      stretches.push(current);
    }
    current.until = time;
    current.ended = real;
    where.forEach((place) => current.where.add(place));
  }
  return stretches;
}
