import { expect } from "chai";

import { UsageError } from "../../scripts/lib/commandLine.js";
import { FAULTS } from "../../scripts/lib/disputeFaults.js";
import { figures } from "../../scripts/lib/disputeFigures.js";
import { DisputeMoves, readPath } from "../../scripts/lib/disputeMoves.js";
import { tables } from "../../scripts/lib/disputeTables.js";
import { namedCases } from "../../scripts/lib/namedCases.js";
import { TRANSACTION_GAS, calldataGas, gasParts } from "../../scripts/lib/transactionGas.js";
import {
  COURT,
  NODE,
  asked,
  asserted,
  challenged,
  claimedWith,
  courthouse,
  passTurn,
  passWindow,
  pathOf,
  revealed,
  toy,
  toyTrace,
} from "../support/courthouse.js";
import { ethers, loadFixture, time } from "../support/marketplace.js";
import { Trace } from "../support/trace.js";
import { runScript } from "./runScript.js";

describe("What scripts/bench dispute is made of", () => {
  describe("the gas of a transaction", () => {
    it("counts a byte of calldata by EIP-2028, and by EIP-7623 at the least", () => {
      expect(calldataGas("0x00ff0001")).to.deep.equal({ calldata: 2 * 4 + 2 * 16, least: 2 * 10 + 2 * 40 });
    });

    it("is calldata, execution, and what each transaction pays", () => {
      expect(gasParts("0xff00", TRANSACTION_GAS + 20 + 1_234)).to.deep.equal({
        execution: 1_234,
        calldata: 20,
        total: TRANSACTION_GAS + 1_254,
      });
    });

    it("does not tell what was executed where calldata had their least price", () => {
      const total = TRANSACTION_GAS + 50;
      expect(gasParts("0xff00", total)).to.deep.equal({ execution: undefined, calldata: 20, total });
    });
  });

  it("reads what a question asks for", () => {
    expect(readPath(pathOf("Leaves", 70_000, 4, 123_456))).to.deep.equal({
      kind: "leaves",
      node: 70_000,
      level: 4,
      index: 123_456,
    });
  });

  describe("the moves of a dispute", () => {
    let world, dispute;

    beforeEach(async () => {
      world = await claimedWith(await loadFixture(courthouse));
      dispute = new DisputeMoves(ethers.provider, world.court, world.job, await ethers.provider.getBlockNumber());
    });

    it("are read once each, and come to what the dispute came to", async () => {
      const { court, job, worker } = world;
      const [first] = world.challengers;
      const trace = toyTrace.wrongAt(NODE.PRODUCT);
      const id = await challenged(world, first);
      await asserted(world, trace);
      expect((await dispute.read()).map(({ name }) => name)).to.deep.equal(["challenge", "open", "assertTrace"]);
      const path = pathOf("Leaves", NODE.PRODUCT, 0, 0);
      await asked(world, first, id, path, toy.opening(NODE.PRODUCT));
      await revealed(world, worker, trace, path);
      await court.connect(first).proveStep(id, trace.stepProof(NODE.PRODUCT, 0));
      await time.increase(COURT.extension);
      await court.settle(job);
      expect((await dispute.read()).map(({ name }) => name)).to.deep.equal([
        "ask",
        "revealLeaves",
        "proveStep",
        "settle",
      ]);
      expect(await dispute.read()).to.deep.equal([]);

      const { gas, largest, steps, ...rest } = figures(dispute.moves);
      expect(rest).to.deep.equal({
        verdict: "refuted",
        refutation: { by: "step", node: NODE.PRODUCT, element: 0 },
        alternations: 1,
        transactions: 7,
        failures: 0,
      });
      expect(steps.ask.transactions).to.equal(1);
      expect(gas.total).to.equal(gas.execution + gas.calldata + 7 * TRANSACTION_GAS);
      expect(largest).to.deep.equal({ move: "proveStep", gas: steps.proveStep.total });
    });

    it("leave out those of other jobs, and commitments that were never opened", async () => {
      const other = await claimedWith(world);
      const [first, second] = world.challengers;
      await challenged(other, first);
      await asserted(other, toyTrace);
      await world.court.connect(second).challenge(ethers.id("commitment"), ethers.parseEther("100"));
      expect(await dispute.read()).to.deep.equal([]);
      await challenged(world, second);
      expect((await dispute.read()).map(({ name }) => name)).to.deep.equal(["challenge", "open"]);
    });

    it("tell of a claim that stands", async () => {
      const { court, job } = world;
      const id = await challenged(world, world.challengers[0]);
      await asserted(world, toyTrace);
      await passTurn(world, id);
      await court.timeout(id);
      await passWindow(world);
      await court.settle(job);
      await dispute.read();
      const { verdict, refutation, alternations } = figures(dispute.moves);
      expect({ verdict, refutation, alternations }).to.deep.equal({
        verdict: "upheld",
        refutation: undefined,
        alternations: 0,
      });
    });

    it("have the gas of what was executed where calldata had their least price", async () => {
      const { court, job, worker } = world;
      const id = await challenged(world, world.challengers[0]);
      await asserted(world, toyTrace);
      const path = pathOf("Nodes", 0, 4, 0);
      await asked(world, world.challengers[0], id, path);
      const { hashes, siblings } = Trace.row(toyTrace.levels, 4, 0, 4);
      const data = court.interface.encodeFunctionData("revealNodes", [job, path, hashes, siblings]);
      const padded = ethers.concat([data, `0x${"ff".repeat(10_000)}`]);
      await worker.sendTransaction({ to: court, data: padded });
      await dispute.read();
      const { gas } = dispute.moves.at(-1);
      expect(gas.total).to.equal(TRANSACTION_GAS + calldataGas(padded).least);
      expect(gas.execution).to.be.within(40_000, 100_000);
    });
  });

  it("has a row for each case, and says which verdict is another than expected", () => {
    const gas = { execution: 400_000, calldata: 100_000, total: 600_000 };
    const row = {
      model: "mnist",
      title: "MNIST digits",
      fault: "first-node",
      expected: "refuted",
      verdict: "refuted",
      refutation: { by: "step", node: 3, element: 7 },
      alternations: 2,
      transactions: 8,
      gas,
      steps: { ask: { transactions: 2, ...gas }, settle: { transactions: 1, ...gas } },
      largest: { move: "proveStep", gas: 250_000 },
      finality: { blocks: 20, seconds: 330 },
    };
    const [cases, steps] = tables([row, { ...row, fault: "none", expected: "upheld" }, { ...row, verdict: undefined }]);
    expect(cases).to.match(
      /MNIST digits \| first-node \| refuted +\| step: node 3, element 7 \| 2 +\| 8 +\| 600k \| 400k/,
    );
    expect(cases).to.match(/\| none +\| refuted, NOT upheld/);
    expect(cases).to.match(/\| NONE, NOT refuted/);
    expect(steps).to.include("2: 600k");
  });

  describe("the arguments", () => {
    for (const given of [
      ["dispute", "--faults"],
      ["models", "--faults", "none"],
      ["job", "--only", "mnist"],
    ]) {
      it(`${given.join(" ")}: are refused with 2`, async () => {
        expect(await runScript("bench", ...given)).to.include({ status: 2, output: "" });
      });
    }

    it("name what there is, or are refused", () => {
      const faults = (list) => namedCases("fault", FAULTS, list).map(({ name }) => name);
      expect(faults("none,weight")).to.deep.equal(["weight", "none"]);
      expect(faults()).to.have.length(8);
      expect(() => faults("none,nothing")).to.throw(UsageError, /^No fault nothing; there are first-node, /);
    });
  });
});
