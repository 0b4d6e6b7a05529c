import { expect } from "chai";

import { gasLines, told } from "../../scripts/lib/demo/moves.js";
import { pathOf } from "../support/courthouse.js";
import { runScript } from "./runScript.js";

const WHO = { worker: "mallory", challenger: "wendy" };
const move = (name, args, events = []) => ({ name, args, events, succeeded: true, gas: { total: 90_000 } });

describe("scripts/demo", () => {
  it("explains itself", async () => {
    const { status, output } = await runScript("demo", "--help");
    expect(status).to.equal(0);
    expect(output).to.include("--liar[=LIE]").and.to.include("--false-challenger");
  });

  for (const [what, ...given] of [
    ["a lie that there is not", "--liar=everything"],
    ["an honest liar", "--liar=none"],
    ["two shows at once", "--liar", "--false-challenger"],
    ["an argument that there is not", "liar"],
  ]) {
    it(`refuses ${what} before anything starts`, async () => {
      const { status, output, errors } = await runScript("demo", ...given);
      expect(status).to.equal(2);
      expect(output).to.equal("");
      expect(errors).to.include("scripts/demo [--keep]");
    });
  }

  it("tells a question by what it asks for", () => {
    const leaves = move("ask", { path: pathOf("Leaves", 22, 4, 7) });
    expect(told(leaves, WHO, "wendy")).to.equal(
      "wendy asks for place 7 of level 4 of the tree over node 22's tensor  (90000 gas)",
    );
    const nodes = move("ask", { path: pathOf("Nodes", 0, 4, 1) });
    expect(told(nodes, WHO, "wendy")).to.include("the tree over all tensors");
  });

  it("tells what was asserted, and answered", () => {
    const trace = move("assertTrace", { job: 1n, row: Array(16).fill("0x"), program: { nodes: 23n } });
    expect(told(trace, WHO, "mallory")).to.include("its trace, of 23 tensors, by the first 16 hashes");
    for (const answer of ["revealLeaf", "revealInput", "revealWeight", "revealOutput"]) {
      expect(told(move(answer, {}), WHO, "mallory")).to.include("mallory answers: the leaf's bytes");
    }
  });

  it("tells what a proof showed, and who was silent", () => {
    const proof = move("proveStep", {}, [{ name: "StepDisproved", args: { node: 22n, element: 3n } }]);
    expect(told(proof, WHO, "wendy")).to.include("element 3 of node 22");
    const silence = move("timeout", {}, [{ name: "WorkerSilent", args: {} }]);
    expect(told(silence, WHO, "wendy")).to.include("mallory is silent");
    const lost = move("timeout", {}, [{ name: "ChallengeLost", args: {} }]);
    expect(told(lost, { ...WHO, challenger: "eve" }, "alice")).to.include("eve is silent");
  });

  it("tells what each side paid, and each move", () => {
    const moves = [
      { ...move("open", {}), sender: "0xw" },
      { ...move("assertTrace", {}), sender: "0xm" },
      { ...move("ask", {}), sender: "0xw" },
    ];
    const steps = { open: { total: 90_000 }, assertTrace: { total: 90_000 }, ask: { total: 90_000 } };
    const found = { gas: { total: 270_000 }, steps, transactions: 3, alternations: 1 };
    expect(gasLines(found, { mallory: "0xm", wendy: "0xw" }, moves)).to.deep.equal([
      "1 alternation, 3 transactions, 270000 gas: mallory 90000, wendy 180000",
      "by move: open 90000, assertTrace 90000, ask 90000",
    ]);
  });

  it("tells what the court refused", () => {
    const refused = { ...move("revealLeaf", {}), succeeded: false };
    expect(told(refused, WHO, "mallory")).to.include("which the court refuses");
  });
});
