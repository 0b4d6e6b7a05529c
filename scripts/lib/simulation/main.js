// Run by scripts/simulate, which says how.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { runMain, UsageError } from "../commandLine.js";
import { HELP, OPTIONS, readOptions } from "./options.js";
import { plots } from "./plots.js";
import { simulate } from "./simulation.js";
import { linePlot } from "./svg.js";
import { percent, plain, tables } from "./tables.js";
import { varied, worldOf } from "./world.js";

/** Rounds in which the population finds its way from where it was put. */
const FIRST_ROUNDS = 50;

function run(values) {
  const { profiles, changes, json, out, seed } = readOptions(values);
  makeFolder(out);
  const worlds = profiles.map((profile) =>
    changes.reduce((world, [path, value]) => varied(world, path, value), worldOf(profile)),
  );
  const results = worlds.map((world) => simulate(world, seed));
  if (out !== undefined) worlds.forEach((world, place) => writePlots(out, world, results[place]));
  const holds = results.every((result) => result.holds);
  if (json) console.log(JSON.stringify({ seed, holds, profiles: results }));
  else console.log(results.map(text).join("\n\n"));
  return holds ? 0 : 1;
}

function makeFolder(folder) {
  if (folder === undefined) return;
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`--out: can't make the folder ${folder} (${error.code})`);
  }
}

function writePlots(folder, world, { population }) {
  for (const [name, plot] of Object.entries(plots(world, population))) {
    writeFileSync(join(folder, `${world.name}-${name}.svg`), linePlot(plot));
  }
}

const hours = (seconds) => `${Number((seconds / 3_600).toFixed(1))} h`;

function text(result) {
  const { profile, seed, holds, finality, bestResponses, population } = result;
  const settled = population.slice(FIRST_ROUNDS);
  const mean = (field) => settled.reduce((sum, row) => sum + row[field], 0) / settled.length;
  return [
    `=== ${profile}: ${holds ? "all properties hold" : "A PROPERTY BREAKS"} ===`,
    `final after ${hours(finality.unchallenged)} unchallenged, ${hours(finality.longest)} at the longest, ${hours(finality.bound)} promised`,
    `honest work is best for a worker from ${percent(bestResponses.leastWatched)} of jobs watched on; watching all pays from ${percent(bestResponses.breakEvenFraud)} of fraud on`,
    `population, seed ${seed}, after ${FIRST_ROUNDS} rounds: ${percent(mean("wrong"))} wrong, ${percent(mean("stood"))} stood, ${percent(mean("watched"))} run again`,
    ...Object.values(tables(result)).map((table) => `\n${plain(table)}`),
  ].join("\n");
}

await runMain({ help: HELP, options: OPTIONS }, run);
