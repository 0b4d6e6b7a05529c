/** What the worker of a disputed job does: a lie that it is started with, or nothing wrong. With the verdict that is due. */
export const FAULTS = [
  { name: "first-node", expected: "refuted" },
  { name: "middle-node", expected: "refuted" },
  { name: "last-node", expected: "refuted" },
  { name: "weight", expected: "refuted" },
  { name: "output", expected: "refuted" },
  { name: "padding", expected: "refuted" },
  { name: "none", expected: "upheld" },
];
