import { expect } from "chai";
import { AbiCoder, ContractFactory, Interface, ZeroAddress } from "ethers";

import { artifact } from "../../../../scripts/lib/artifact.js";
import { PRECOMPILE, chooseCanon } from "../../../../scripts/lib/canonChoice.js";
import { measuredSteps } from "../../../../test/gas/canonSteps.js";
import { NODE, TOY, toyTrace } from "../../../../test/support/courthouse.js";
import { programHash } from "../../../../canon/vectors/reference/commitments.js";
import { otherEvm } from "./otherEvm.js";

const canon = new Interface(artifact("ICanon").abi);
const { abi: evidenceAbi } = artifact("Evidence");
const evidence = new Interface(evidenceAbi);
const JOB = 1;

describe("The precompile in another EVM", () => {
  let evm, contracts, judges;

  const deploy = async (name, ...values) => {
    const { abi, bytecode } = artifact(name);
    return evm.deploy((await new ContractFactory(abi, bytecode).getDeployTransaction(...values)).data);
  };

  before(async () => {
    evm = await otherEvm({ withCore: true });
    const functions = await deploy("CanonFunctions");
    contracts = await deploy("Canon", await deploy("CanonExpressions", functions));
    const { precompile } = await chooseCanon(evm);
    const evidenceOn = (address) => deploy("Evidence", address, ZeroAddress, ZeroAddress);
    judges = { precompile: await evidenceOn(precompile), contracts: await evidenceOn(contracts) };
  });

  after(() => evm.close());

  it("is chosen, and a court is tied to it", async () => {
    expect((await chooseCanon(evm)).precompile).to.equal(PRECOMPILE);
    const { data } = await evm.call(judges.precompile, evidence.encodeFunctionData("CANON"));
    expect(evidence.decodeFunctionResult("CANON", data)[0]).to.equal(PRECOMPILE);
  });

  it("is not chosen without the core, and Evidence refuses it", async () => {
    const without = await otherEvm({ withCore: false });
    expect((await chooseCanon(without)).precompile).to.equal(undefined);
    const { abi, bytecode } = artifact("Evidence");
    const { data } = await new ContractFactory(abi, bytecode).getDeployTransaction(
      PRECOMPILE,
      ZeroAddress,
      ZeroAddress,
    );
    let failure;
    await without.deploy(data).catch((error) => (failure = error));
    expect(evidence.parseError(failure.data).name).to.equal("WrongCanon");
  });

  describe("gives what the contracts give", () => {
    const same = async (targets, data) => {
      const [one, other] = [await evm.call(targets.precompile, data), await evm.call(targets.contracts, data)];
      expect({ ...one, gas: 0 }).to.deep.equal({ ...other, gas: 0 });
      return { ...one, contractsGas: other.gas };
    };

    for (const [name, step] of Object.entries(measuredSteps())) {
      it(`in a step: ${name}`, async () => {
        const data = canon.encodeFunctionData("step", [step]);
        const { returned, gas, contractsGas } = await same({ precompile: PRECOMPILE, contracts }, data);
        expect(returned).to.equal(true);
        console.log(`        execution gas ${gas}, of the contracts ${contractsGas}`);
      });
    }

    /** What a court hands on: the call, and the facts behind it. */
    const asked = (name, values, { trace = toyTrace, accumulator = 0n } = {}) => {
      const facts = [JOB, trace.shown.descriptors.length, programHash(TOY), trace.root, 0, 0, 0, accumulator];
      return (
        evidence.encodeFunctionData(name, values) +
        AbiCoder.defaultAbiCoder().encode(Array(8).fill("uint256"), facts).slice(2)
      );
    };

    const NODES = {
      PRODUCT: NODE.PRODUCT,
      POSITIVE: NODE.POSITIVE,
      RECTIFIED: NODE.RECTIFIED,
      SUM: NODE.SUM,
      OUTPUT: NODE.OUTPUT,
    };

    for (const [name, node] of Object.entries(NODES)) {
      it(`when a court is shown a wrong ${name}, and a right one`, async () => {
        const wrong = toyTrace.wrongAt(node);
        const proved = await same(judges, asked("proveStep", [JOB, wrong.stepProof(node, 0)], { trace: wrong }));
        expect(proved.returned).to.equal(true);
        const refused = await same(judges, asked("proveStep", [JOB, toyTrace.stepProof(node, 0)]));
        expect(evidence.parseError(refused.data).name).to.equal("NoDifference");
        console.log(`        execution gas ${proved.gas}, with contracts ${proved.contractsGas}`);
      });
    }

    it("when a court is shown a sum in two parts", async () => {
      const step = toyTrace.stepProof(NODE.SUM, 1);
      const { returned, data } = await same(judges, asked("proveMore", [JOB, step, 400]));
      expect(returned).to.equal(true);
      const [accumulator] = evidence.decodeFunctionResult("proveMore", data);
      const proof = toyTrace.stepProof(NODE.SUM, 1, { accumulator });
      const refused = await same(judges, asked("proveStep", [JOB, proof]));
      expect(evidence.parseError(refused.data).name).to.equal("WrongAccumulator");
    });

    it("when a court is shown a step whose operand does not open", async () => {
      const proof = toyTrace.stepProof(NODE.PRODUCT, 0);
      const [first, second] = proof.step.operands;
      const closed = { ...second, opened: { ...second.opened, siblings: second.opened.siblings.slice(1) } };
      const refused = await same(
        judges,
        asked("proveStep", [JOB, { ...proof, step: { ...proof.step, operands: [first, closed] } }]),
      );
      expect(evidence.parseError(refused.data).name).to.equal("CanonFailed");
    });
  });
});
