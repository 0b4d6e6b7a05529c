import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { expect } from "chai";

import { runScript } from "./runScript.js";

const CHECK = fileURLToPath(new URL("../../scripts/lib/proofs/check.js", import.meta.url));

describe("scripts/prove", () => {
  it("refutes what is wrong", () => {
    const found = execFileSync(process.execPath, [CHECK, "test/proofs/wrong/LaterIsExact.sol", "LaterIsExact", "120"]);
    expect(JSON.parse(found)).to.deep.equal({ proved: 0, refuted: 1, open: 0, errors: [] });
  }).timeout(300_000);

  it("knows its contracts and takes seconds only", async () => {
    const unknown = await runScript("prove", "TheMoonIsCheese");
    expect(unknown.status).to.equal(2);
    expect(unknown.errors).to.contain('No contract "TheMoonIsCheese" in test/proofs/ClockProofs.sol');
    const limit = await runScript("prove", "--limit", "soon");
    expect(limit.status).to.equal(2);
    expect(limit.errors).to.contain('--limit needs seconds, not "soon"');
  });
});
