/** Three significant digits, and no exponent where people don't need one. */
export function short(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 0.0001 || size >= 1e7) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}

/** As `short`, but never farther from the good side than the value: a least one is rounded up, a greatest one down. */
function towards(value, direction) {
  if (value === 0) return "0";
  const digit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
  const nearest = Math.round(value / digit);
  const exact = Math.abs(value / digit - nearest) < 1e-3;
  const digits = exact ? nearest : direction > 0 ? Math.ceil(value / digit) : Math.floor(value / digit);
  return short(Number((digits * digit).toPrecision(3)));
}

/** How far a figure can go, and where it stands: least ≤ **value** ≤ greatest. */
export function between({ value, least, greatest }) {
  const below = least ? `${towards(least.value, 1)} ≤ ` : "";
  const above = greatest ? ` ≤ ${towards(greatest.value, -1)}` : "";
  return `${below}**${exactly(value)}**${above}`;
}

/** A figure as it was chosen. */
const exactly = (value) => String(Number(value.toPrecision(6)));

export const percent = (share) => `${short(100 * share)} %`;
const side = (end, direction) => (end ? [towards(end.value, direction), end.property] : ["–", ""]);

const planText = ({ way, share, answer, selfChallenge, defence, requester }) =>
  way !== undefined
    ? way === "idle"
      ? "idle"
      : `${way} ${percent(share)}`
    : [
        `${answer} answer`,
        selfChallenge === "none" ? [] : `${selfChallenge} challenge of its own`,
        answer === "wrong" ? `${defence} when caught` : [],
        requester === "accomplice" ? "requester an accomplice" : [],
      ]
        .flat()
        .join(", ");

const workerRows = (actor, responses) =>
  responses.map(({ watched, plan, payoff }) => [actor, `${percent(watched)} watched`, planText(plan), short(payoff)]);

/** What a simulation found, as tables: {title, head, rows}. */
export function tables({ properties, attacks, bestResponses, models, breakPoints, breakEven }) {
  const ends = (points) =>
    points.map(({ path, value, least, greatest }) => [
      path.split(".")[1],
      exactly(value),
      ...side(least, 1),
      ...side(greatest, -1),
    ]);
  const endsHead = ["", "value", "least", "below that breaks", "greatest", "above that breaks"];
  const shares = [0.001, 0.01, 0.1, 1];
  const nearest = (points, x) =>
    points.reduce((best, point) => (Math.abs(point[0] - x) < Math.abs(best[0] - x) ? point : best));
  return {
    properties: {
      title: "Properties",
      head: ["property", "margin", "unit", "holds"],
      rows: properties.map(({ name, margin, unit, holds }) => [name, short(margin), unit, holds ? "yes" : "NO"]),
    },
    attacks: {
      title: "Attacks",
      head: ["attack", "attacker, $OPG", "honest party, $OPG"],
      rows: attacks.map(({ attack, attacker, victim }) => [
        attack,
        short(attacker),
        victim === null ? "" : short(victim),
      ]),
    },
    responses: {
      title: "Best responses",
      head: ["actor", "where", "does", "worth, $OPG"],
      rows: [
        ...workerRows("worker", bestResponses.worker),
        ...workerRows("worker that cheats", bestResponses.insured),
        ...bestResponses.watcher.map(({ fraud, plan, payoff }) => [
          "watcher, a day",
          `${percent(fraud)} fraud`,
          planText(plan),
          short(payoff),
        ]),
        ...bestResponses.griefer.map(({ answeredAt, plan, payoff }) => [
          "griefer",
          `answers at ${short(answeredAt)} a million gas`,
          `${plan.challenges} challenges${plan.walk ? ", all questions" : ""}${plan.demands ? ", all demands" : ""}`,
          `${short(payoff)} of harm for each lost`,
        ]),
      ],
    },
    breakEven: {
      title: "Rate of fraud from which watching pays",
      head: ["share of jobs run again", ...breakEven.byShare.map(({ name }) => name)],
      rows: shares.map((share) => [
        percent(share),
        ...breakEven.byShare.map(({ points }) => percent(nearest(points, share)[1])),
      ]),
    },
    models: {
      title: "Models, with the bond that each needs",
      head: ["model", "questions", "gas of a dispute", "worker's worst, $OPG", "bond, $OPG", "breaks even so"],
      rows: models.map(({ model, alternations, disputeGas, workerCost, bond, broken }) => [
        model,
        String(alternations),
        short(disputeGas),
        short(workerCost),
        short(bond),
        broken.join("; "),
      ]),
    },
    parameters: { title: "Where parameters break", head: endsHead, rows: ends(breakPoints.parameters) },
    rules: { title: "Where rules break", head: endsHead, rows: ends(breakPoints.rules) },
    assumptions: { title: "Where assumptions break", head: endsHead, rows: ends(breakPoints.assumptions) },
  };
}

/** A table for a terminal. */
export function plain({ title, head, rows }) {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column].length)));
  const line = (row) => `  ${row.map((cell, column) => cell.padEnd(widths[column])).join("  ")}`.trimEnd();
  return [title, line(head), ...rows.map(line)].join("\n");
}

/** A table for a Markdown page. */
export function markdown({ head, rows }) {
  const line = (row) => `| ${row.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
