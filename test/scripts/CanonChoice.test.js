import { readFileSync } from "node:fs";

import { expect } from "chai";
import { solidityPacked } from "ethers";

import { bytesOfHex } from "../../canon/vectors/reference/bytes.js";
import { innerNode, leafHashes, treeRoot } from "../../canon/vectors/reference/commitments.js";
import { FLOAT32, INT64 } from "../../canon/vectors/reference/dataTypes.js";
import { nodeOf, operandsOf } from "../../canon/vectors/reference/descriptors.js";
import { readElements } from "../../canon/vectors/reference/elements.js";
import { evaluateDescriptors, tensorOf } from "../../canon/vectors/reference/evaluation.js";
import { isWithin } from "../../canon/vectors/reference/primitives.js";
import { SPEC_VERSION } from "../../canon/vectors/reference/program.js";
import { inputNode } from "../../canon/vectors/reference/assembly.js";
import {
  NoPrecompile,
  PRECOMPILE,
  PROBES,
  WrongCanon,
  chooseCanon,
  knownAnswers,
} from "../../scripts/lib/canonChoice.js";
import { deploy } from "../../scripts/lib/deployment.js";
import { deployCanon } from "../support/canon.js";
import { ethers, networkHelpers, settings } from "../support/marketplace.js";

const { setCode, takeSnapshot } = networkHelpers;

describe("The choice of a canon", () => {
  let snapshot, canon;

  beforeEach(async () => {
    snapshot = await takeSnapshot();
    ({ canon } = await deployCanon({ ethers }));
  });
  afterEach(() => snapshot.restore());

  /** Puts a contract's code at the precompile's address. */
  const put = async (contract) => setCode(PRECOMPILE, await ethers.provider.getCode(contract));
  const choice = (wanted) => chooseCanon(ethers.provider, wanted);

  async function failureOf(choosing) {
    try {
      await choosing;
    } catch (error) {
      return error;
    }
    throw new Error("it was chosen");
  }

  describe("knows answers", () => {
    const KNOWN = {
      specVersion: () => [BigInt(SPEC_VERSION)],
      rootOf: (data) => [treeRoot(data)],
      rootOfLeaves: (depth, { leaves, siblings: [left, right] }) => {
        const [first, second] = leafHashes(leaves);
        return [innerNode(innerNode(left, first), innerNode(second, right))];
      },
      within: (claimed, right, absolute, relative) => [isWithin(claimed, right, { absolute, relative })],
      describe: (descriptor, position) => {
        const node = nodeOf(bytesOfHex(descriptor), position);
        if (node === undefined) return [false, 0n, 0n, 0n, [], []];
        const operands = operandsOf(node);
        const codes = operands.map(({ type }) => BigInt(type.code));
        return [true, 5n, BigInt(node.type.code), BigInt(node.count), operands.map((one) => BigInt(one.node)), codes];
      },
      step: ({ descriptor, operands }) => {
        const inputs = operands.map(({ count, root, opened }) => {
          const leaf = bytesOfHex(opened.leaves);
          expect(treeRoot(leaf)).to.equal(root);
          return tensorOf(FLOAT32, leaf.subarray(0, 4 * count));
        });
        const given = inputs.map(({ count }, input) => bytesOfHex(inputNode(FLOAT32, count, input)));
        const job = { inputs, weights: [], claims: [] };
        const tensor = evaluateDescriptors([...given, bytesOfHex(descriptor)], job).at(-1);
        return [
          2n,
          1n,
          BigInt(tensor.count),
          inputs.map((_, node) => BigInt(node)),
          BigInt(readElements(FLOAT32, tensor.data)[0]),
        ];
      },
    };

    // The elements are counted, and summed as integers of 256 bits.
    KNOWN.accumulate = ({ operands: [{ opened }] }, until) => {
      const summed = readElements(INT64, bytesOfHex(opened.leaves).subarray(0, 8 * until));
      const total = summed.reduce((sum, one) => sum + BigInt.asIntN(64, BigInt(one)), 0n);
      return [solidityPacked(["uint32", "uint32", "int256"], [until, summed.length, total]), [0n]];
    };

    it("to its plugin, too: of a node and of a deployment the same is asked", () => {
      const file = new URL("../../besu-plugin/src/main/resources/", import.meta.url);
      const kept = readFileSync(new URL("ai/opengradient/besu/plugin/known-answers.txt", file), "utf8");
      expect(kept === knownAnswers(), "the file is what knownAnswers() of canonChoice.js gives").to.equal(true);
    });

    PROBES.forEach(({ name, given, right }, number) => {
      it(`of ${name} (probe ${number + 1}), which the third implementation gives, too`, () => {
        expect(right).to.deep.equal(KNOWN[name](...given));
      });
    });
  });

  it("is for contracts where nothing is at the address", async () => {
    const { precompile, reason } = await choice();
    expect(precompile).to.equal(undefined);
    expect(reason).to.equal(`nothing is at ${PRECOMPILE}`);
    expect(await failureOf(choice("precompile"))).to.be.instanceOf(NoPrecompile);
  });

  it("is for contracts where the address is kept for a precompile that this node is without", async () => {
    await setCode(PRECOMPILE, "0xfe");
    const { precompile, reason } = await choice();
    expect(precompile).to.equal(undefined);
    expect(reason).to.match(/does not answer: this node is without the plugin, or it is not active yet/);
    expect((await failureOf(choice("precompile"))).message).to.equal(reason);
  });

  it("is for the precompile where it gives all known answers", async () => {
    await put(canon);
    expect((await choice()).precompile).to.equal(PRECOMPILE);
    expect((await choice("precompile")).precompile).to.equal(PRECOMPILE);
    expect((await choice("contracts")).precompile).to.equal(undefined);
    const [signer] = await ethers.getSigners();
    const { evidence } = await deploy(signer, settings);
    expect(await evidence.CANON()).to.equal(PRECOMPILE);
  });

  it("fails where something else is there", async () => {
    const [holder] = await ethers.getSigners();
    await put(await ethers.deployContract("OPG", [holder]));
    const failure = await failureOf(choice());
    expect(failure).to.be.instanceOf(WrongCanon);
    expect(failure.probe).to.equal("specVersion()");
    expect(failure.message).to.match(/specVersion\(\) is answered wrongly \(the call fails\).*--canon contracts/);
  });

  it("fails where an answer is not the known one", async () => {
    const expressions = await ethers.deployContract("CanonExpressions", [ethers.ZeroAddress]);
    await put(await ethers.deployContract("Canon", [expressions]));
    const failure = await failureOf(choice());
    expect(failure).to.be.instanceOf(WrongCanon);
    expect(failure.probe).to.match(/^step\(/); // that needs EXP
  });

  it("fails where an answer is a word too long", async () => {
    const standIn = await ethers.deployContract("CanonStandIn", [canon]);
    await put(standIn);
    expect((await choice()).precompile).to.equal(PRECOMPILE);
    await (await ethers.getContractAt("CanonStandIn", PRECOMPILE)).become(4n);
    expect((await failureOf(choice())).probe).to.equal("specVersion()");
  });

  it("fails, and doesn't choose, where the node can't be asked", async () => {
    const unreachable = {
      getCode: async () => "0xfe",
      send: async () => {
        throw Object.assign(new Error("no connection"), { code: "ECONNREFUSED" });
      },
    };
    expect((await failureOf(chooseCanon(unreachable))).message).to.equal("no connection");
  });

  describe("cannot be undone by another deployer: Evidence", () => {
    const evidenceOn = (address) =>
      ethers.deployContract("Evidence", [address, ethers.ZeroAddress, ethers.ZeroAddress]);
    const refusal = async (address) => {
      const { interface: errors } = await ethers.getContractFactory("Evidence");
      await expect(evidenceOn(address)).to.be.revertedWithCustomError({ interface: errors }, "WrongCanon");
    };

    it("takes a right one", async () => {
      expect(await (await evidenceOn(canon)).CANON()).to.equal(canon.target);
    });

    it("refuses an account without code, one that burns gas, and another contract", async () => {
      await refusal(PRECOMPILE);
      await setCode(PRECOMPILE, "0xfe");
      await refusal(PRECOMPILE);
      await refusal(await ethers.deployContract("CanonFunctions"));
    });

    it("refuses one that computes no step", async () => {
      await refusal(await ethers.deployContract("Canon", [ethers.ZeroAddress]));
    });
  });
});
