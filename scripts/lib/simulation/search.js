/** All combinations of choices: {a: [1, 2], b: [3]} gives {a: 1, b: 3} and {a: 2, b: 3}. */
export function combinations(choices) {
  return Object.entries(choices).reduce(
    (plans, [name, values]) => plans.flatMap((plan) => values.map((value) => ({ ...plan, [name]: value }))),
    [{}],
  );
}

/** The plan with the greatest payoff, and that payoff; the first one of equals. */
export function best(plans, payoff) {
  return plans
    .map((plan) => ({ plan, payoff: payoff(plan) }))
    .reduce((leader, candidate) => (candidate.payoff > leader.payoff ? candidate : leader));
}

/** Where a condition turns: it holds at `holding`, not at `failing`. The holding side, to one part in a million of their distance. */
export function turningPoint(holding, failing, holds) {
  const precision = Math.abs(failing - holding) * 1e-6;
  while (Math.abs(failing - holding) > precision) {
    const middle = (holding + failing) / 2;
    if (holds(middle)) holding = middle;
    else failing = middle;
  }
  return holding;
}
