// Writes docs/parameters.md's text, from contracts/parameters.json: node scripts/lib/parametersPage.js > docs/parameters.md
import { pathToFileURL } from "node:url";

import { profileNames, writtenProfile } from "./parametersFile.js";

const MEANINGS = {
  market: {
    requestFee: "burned for each request, $OPG",
    latePenalty: "burned from a worker that misses its deadline, $OPG",
    declinePeriod: "in which the drawn worker may decline, s",
    claimPeriod: "that the drawn worker has, unless the request says otherwise, s",
    minimumBond: "least bond behind an answer, $OPG",
    protocolFeeBasisPoints: "protocol fee, hundredths of a percent of the worker's price",
    leasePeriod: "that a worker has which takes over, s",
    lastDeadlinePeriod: "from the request to the last claim, s",
    challengeWindow: "from the claim to the finalisation, s",
    outputLimit: "most that inline outputs have together, bytes",
  },
  court: {
    openPeriod: "from a challenge's commitment to its last opening, s",
    assertPeriod: "from a job's first opened challenge to the worker's trace, s",
    workerClock: "that the worker has in one challenge, s",
    challengerClock: "that the challenger has, s",
    extension: "least time after the opponent's move, s",
    demandLimit: "demands in one challenge",
    answerAllowance: "the worker's worst-case gas of one dispute, before prepayments, $OPG",
  },
  workers: {
    minimumStake: "that an offer needs, $OPG",
    cooldown: "for which past offers are remembered, s",
    unbondingDelay: "until unbonding stake can be withdrawn, s",
  },
  governor: {
    delay: "of the timelock that adds parameter sets, s",
  },
};

/** The page's text. */
export function parametersPage() {
  const row = (cells) => `| ${cells.join(" | ")} |`;
  const rows = Object.entries(MEANINGS).flatMap(([group, meanings]) =>
    Object.entries(meanings).map(([field, meaning]) =>
      row([`\`${field}\``, meaning, ...profileNames.map((name) => writtenProfile(name)[group][field])]),
    ),
  );
  return [
    "# Parameters",
    "",
    "Written from [`contracts/parameters.json`](../contracts/parameters.json), which deployment and tests read too. A set of the market's and the court's",
    "parameters counts for the jobs that are requested under it; a new one comes through the timelock, for later jobs only. What belongs to the registry of workers never",
    "changes. [economics.md](economics.md) says why the numbers are what they are.",
    "",
    ...profileNames.map((name) => `- **${name}**: ${writtenProfile(name).description}.`),
    "",
    row(["field", "meaning", ...profileNames]),
    row(["---", "---", ...profileNames.map(() => "---:")]),
    ...rows,
    "",
  ].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.stdout.write(parametersPage());
