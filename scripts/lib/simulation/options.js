import { UsageError } from "../commandLine.js";
import { DIVISORS, SHARES, simulatedProfiles, worldOf } from "./world.js";

export const HELP = `scripts/simulate [--profile NAME] [--set FIGURE=VALUE]... [--json] [--out DIR] [--seed N] [--help]

Plays the economics of the court with the parameters that are deployed (contracts/parameters.json): workers that cheat, watchers that are lazy,
griefers, sybils on both sides, each with the best of all its plans. Says which properties hold, what each attack costs, from which rate of fraud
on watching pays, and how far each parameter can go before which property breaks. docs/economics.md explains the figures.

  --profile NAME  ${simulatedProfiles.join(", ")}; default: all of them
  --set F=VALUE   another value for a figure: court.extension=60, market.minimumBond=100, assumed.watchedShare=0.01
  --json          one JSON line on standard output
  --out DIR       writes the plots there, as DIR/NAME-PLOT.svg
  --seed N        of the population that learns by imitation, 0 to 4294967295; default 1. Nothing else is drawn by lot

Exit: 0 all properties hold; 1 one breaks; 2 usage.`;

export const OPTIONS = {
  profile: { type: "string" },
  set: { type: "string", multiple: true, default: [] },
  json: { type: "boolean", default: false },
  out: { type: "string" },
  seed: { type: "string", default: "1" },
};

/** What the values of the options ask for: {profiles, changes, json, out, seed}. */
export function readOptions({ profile, set, json, out, seed }) {
  if (profile !== undefined && !simulatedProfiles.includes(profile)) {
    throw new UsageError(
      `No assumptions about a profile "${profile}": docs/economics.md has some for ${simulatedProfiles.join(", ")}`,
    );
  }
  if (out === "") throw new UsageError("--out needs a folder");
  if (!/^\d{1,10}$/.test(seed) || Number(seed) >= 2 ** 32) {
    throw new UsageError(`--seed needs a whole number from 0 to 4294967295, not "${seed}"`);
  }
  const profiles = profile === undefined ? simulatedProfiles : [profile];
  return { profiles, changes: set.map(change), json, out, seed: Number(seed) };
}

/** The path and value of "court.extension=60". */
function change(given) {
  const [, path, value] = given.match(/^(\w+\.\w+)=(\d+(?:\.\d+)?)$/) ?? [];
  if (path === undefined) throw new UsageError(`--set needs FIGURE=VALUE, as in court.extension=60, not "${given}"`);
  if (!knownFigure(path)) throw new UsageError(`--set: there is no figure "${path}"`);
  if (SHARES.has(path) && Number(value) >= 1) throw new UsageError(`--set: ${path} is a share, below 1`);
  if (DIVISORS.has(path) && Number(value) === 0) throw new UsageError(`--set: ${path} can't be zero`);
  return [path, Number(value)];
}

function knownFigure(path) {
  const world = worldOf(simulatedProfiles[0]);
  const [group, field] = path.split(".");
  return typeof world[group] === "object" && Object.hasOwn(world[group], field);
}
