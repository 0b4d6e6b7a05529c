// Renews the tables and plots of docs/economics.md: node scripts/lib/simulation/page.js
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import { plots } from "./plots.js";
import { simulate } from "./simulation.js";
import { linePlot } from "./svg.js";
import { between, markdown, percent, short } from "./tables.js";
import { simulatedProfiles, worldOf } from "./world.js";

const SEED = 1;
const PLOTTED = "l2";

const docs = new URL("../../../docs/", import.meta.url);
const file = new URL("economics.md", docs);

const MEANINGS = {
  gasPrice: "usual gas price, $OPG a million gas",
  worstGasPrice: "worst gas price for as long as a dispute",
  price: "worker's price of an answer, $OPG",
  gain: "what a wrong answer to an ordinary job is worth to somebody, $OPG",
  watchedShare: "share of jobs that some honest watcher runs again",
  capitalRate: "what a year of locked money costs",
  jobsADay: "jobs a day",
  watcherDay: "a watcher's machine and node for a day, $OPG",
  tracePrice: "the model's trace price, $OPG",
  traceCost: "what a trace costs its worker, $OPG",
  stepGas: "gas of the dearest step",
};

const hours = (seconds) => `${short(seconds / 3_600)} h`;

/** The page's tables by name, from simulations of all profiles. */
function pageTables(results) {
  const names = results.map(({ profile }) => profile);
  const across = (rows) => rows[0].map((_, place) => rows.map((row) => row[place]));
  const distinct = (values) => [...new Set(values.filter(Boolean))].join("; ");
  const ends = (kind, title) => ({
    head: [title, ...names, "below breaks", "above breaks"],
    rows: across(results.map(({ breakPoints }) => breakPoints[kind])).map((points) => {
      const name = points[0].path.split(".")[1];
      return [
        MEANINGS[name] ?? `\`${name}\``,
        ...points.map(between),
        distinct(points.map(({ least }) => least?.property)),
        distinct(points.map(({ greatest }) => greatest?.property)),
      ];
    }),
  });
  return {
    properties: {
      head: ["property", "which says", ...names],
      rows: across(results.map(({ properties }) => properties)).map((row) => [
        row[0].name,
        row[0].statement,
        ...row.map(({ margin, unit }) => `${short(margin)} ${unit}`),
      ]),
    },
    parameters: ends("parameters", "parameter"),
    rules: ends("rules", "rule"),
    assumptions: ends("assumptions", "assumption"),
    attacks: {
      head: ["attack", ...names],
      rows: across(results.map(({ attacks }) => attacks)).map((row) => [
        row[0].attack,
        ...row.map(({ attacker, victim }) =>
          victim === null ? short(attacker) : `${short(attacker)} / ${short(victim)}`,
        ),
      ]),
    },
    equilibrium: {
      head: ["", ...names],
      rows: [
        [
          "share of jobs to watch, so that honest work is best",
          ...results.map((r) => percent(r.bestResponses.leastWatched)),
        ],
        [
          "rate of fraud from which running all jobs again pays",
          ...results.map((r) => percent(r.bestResponses.breakEvenFraud)),
        ],
      ],
    },
    breakEven: {
      head: [
        "share run again",
        ...results.flatMap(({ profile, breakEven }) => breakEven.byShare.map(({ name }) => `${profile}, ${name}`)),
      ],
      rows: [0, 10, 20, 30].map((place) => [
        percent(results[0].breakEven.byShare[0].points[place][0]),
        ...results.flatMap(({ breakEven }) => breakEven.byShare.map(({ points }) => percent(points[place][1]))),
      ]),
    },
    finality: {
      head: ["from claim to verdict", ...names],
      rows: [
        ["nobody challenges", ...results.map(({ finality }) => hours(finality.unchallenged))],
        ["one challenge, everybody stalls (by search)", ...results.map(({ finality }) => hours(finality.longest))],
        ["what the protocol promises", ...results.map(({ finality }) => hours(finality.bound))],
      ],
    },
    models: {
      head: ["model", "questions", "gas of a dispute", ...names.map((name) => `bond, ${name}`), "breaks even so"],
      rows: across(results.map(({ models }) => models)).map((row) => [
        row[0].model,
        String(row[0].alternations),
        short(row[0].disputeGas),
        ...row.map(({ bond }) => short(bond)),
        distinct(row.flatMap(({ broken }) => broken)),
      ]),
    },
  };
}

/** The page with its tables renewed, and the files of its plots by name. */
export function economicsPage() {
  const results = simulatedProfiles.map((profile) => simulate(worldOf(profile), SEED));
  let text = readFileSync(file, "utf8");
  for (const [name, table] of Object.entries(pageTables(results))) {
    const [begin, end] = [`<!-- table ${name} -->\n`, "<!-- end -->"];
    const from = text.indexOf(begin);
    if (from < 0) throw new Error(`docs/economics.md has no place for the table "${name}"`);
    const after = from + begin.length;
    text = text.slice(0, after) + markdown(table) + "\n" + text.slice(text.indexOf(end, after));
  }
  const { population } = results.find(({ profile }) => profile === PLOTTED);
  const drawn = Object.entries(plots(worldOf(PLOTTED), population)).map(([name, plot]) => [
    `${PLOTTED}-${name}.svg`,
    linePlot(plot),
  ]);
  return { text, plots: Object.fromEntries(drawn) };
}

/** Where the page's plots lie. */
export const plotsFolder = new URL("economics/", docs);

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const page = economicsPage();
  writeFileSync(file, page.text);
  mkdirSync(plotsFolder, { recursive: true });
  for (const [name, plot] of Object.entries(page.plots)) writeFileSync(new URL(name, plotsFolder), plot);
}
