// What the worker of a disputed job did: a lie that it is started with, or nothing.

/**
 * @property fault the lie's name
 * @property expected the verdict
 */
export const FAULTS = [
  { fault: "first-node", expected: "refuted" },
  { fault: "middle-node", expected: "refuted" },
  { fault: "last-node", expected: "refuted" },
  { fault: "weight", expected: "refuted" },
  { fault: "output", expected: "refuted" },
  { fault: "padding", expected: "refuted" },
  { fault: "none", expected: "upheld" },
];

/** Those with these names, in the order of the list; all if there are none. A name that no fault has ends the process with 2. */
export function chosenFaults(names) {
  const unknown = names.filter((name) => !FAULTS.some(({ fault }) => fault === name));
  if (unknown.length > 0) {
    process.stderr.write(`No fault ${unknown.join(", ")}; there are ${FAULTS.map(({ fault }) => fault).join(", ")}\n`);
    process.exit(2);
  }
  return FAULTS.filter(({ fault }) => names.length === 0 || names.includes(fault));
}
