import { expect } from "chai";

import { compare } from "../../../../scripts/lib/differential/compare.js";

const CALLS = process.env.OPG_LONG ? 200_000 : 4_000;
const SEED = 0xd1ff;

describe("The byte core of the precompile", () => {
  it(`makes of ${CALLS} calls what the contracts make of them (seed ${SEED})`, async function () {
    this.timeout(0);
    const lines = [];
    const { tally, differences } = await compare(CALLS, SEED, (line) => lines.push(line));
    console.log(String(tally).replaceAll(/^/gm, "      "));
    expect(differences, lines.join("\n")).to.equal(0);
    expect(tally.calls).to.equal(CALLS);
    expect(tally.evaluated).to.be.above(CALLS / 2);
  });
});
