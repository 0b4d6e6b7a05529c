import { readFileSync } from "node:fs";

import { expect } from "chai";

import { courthouse, pathOf } from "../support/courthouse.js";
import { loadFixture } from "../support/marketplace.js";

const measured = JSON.parse(readFileSync(new URL("../../gas-snapshot.json", import.meta.url), "utf8"));

/** Answers in the gas snapshot, by what was asked. */
const ANSWERS = [
  ["court.reveal, Nodes, 16 hashes", "Nodes"],
  ["court.reveal, Nodes, the last 2", "Nodes"],
  ["court.reveal, Leaves, 16 hashes", "Leaves"],
  ["court.reveal, Leaves, the leaf", "Leaves"],
  ["court.reveal, Input", "Input"],
  ["court.reveal, Weight", "Weight"],
  ["court.reveal, Output", "Output"],
];

describe("Prepayment", () => {
  it("covers every measured answer at twice its gas", async () => {
    const { court } = await loadFixture(courthouse);
    for (const [name, kind] of ANSWERS) {
      const prepaid = await court.prepaymentOf(pathOf(kind, 0, 0, 0), 1n);
      expect(prepaid, name).to.be.at.least(2n * BigInt(measured[name]));
    }
  });
});
