import { expect } from "chai";

import { claimNode, constant, inputNode, mapNode } from "../../canon/vectors/reference/assembly.js";
import { bytesOfHex } from "../../canon/vectors/reference/bytes.js";
import { nodeHash, programHash, treeLevels } from "../../canon/vectors/reference/commitments.js";
import {
  BOOL as BOOL_TYPE,
  FLOAT32 as FLOAT32_TYPE,
  INT64 as INT64_TYPE,
} from "../../canon/vectors/reference/dataTypes.js";
import { readDescriptor } from "../../canon/vectors/reference/descriptors.js";
import { readProgramFile } from "../../canon/vectors/reference/program.js";
import { randomWords } from "../../canon/vectors/cases/random.js";
import { vectors } from "../canon/vectors.js";
import { ZeroHash, deployed, ethers, loadFixture, versionWith } from "../support/marketplace.js";
import { openingOf, programOf, programRootOf } from "../support/programs.js";
import { BOOL, FLOAT32, INT64, typeOf } from "../support/tensors.js";

const SEED = 0x09e4;

const INPUTS = [typeOf(FLOAT32, 2, 3), typeOf(INT64, 5)];
const OUTPUTS = [typeOf(FLOAT32, 6), typeOf(INT64)];

const ZERO_FLOATS = mapNode(FLOAT32_TYPE, [6], [], [constant(FLOAT32_TYPE, 0)]);
const ZERO_INTEGER = mapNode(INT64_TYPE, [], [], [constant(INT64_TYPE, 0n)]);
const FLOATS = inputNode(FLOAT32_TYPE, 6, 0);
const INTEGERS = inputNode(INT64_TYPE, 5, 1);

const written = (nodes, outputs) => ({ descriptors: nodes.map((digits) => bytesOfHex(digits)), outputs });

describe("ModelRegistry, programs", () => {
  let models;

  beforeEach(async () => {
    const world = await loadFixture(deployed);
    models = world.models.connect(world.owner);
  });

  /** Publishes one binding of these types with a program, whose opening is changed on the way. */
  const publishes = (program, { change = (opening) => opening, inputs = INPUTS, outputs = OUTPUTS, opened } = {}) =>
    models.publish(
      1,
      versionWith(inputs, outputs, { bindings: [{ programRoot: programHash(program), inputs, outputs }] }),
      [change(openingOf(program, opened))],
    );

  const refused = (call, error, ...values) =>
    expect(call)
      .to.be.revertedWithCustomError(models, error)
      .withArgs(...values);

  it("takes a program with the binding's inputs and outputs", async () => {
    const program = written([FLOATS, INTEGERS, ZERO_FLOATS, ZERO_INTEGER], [2, 3]);
    await publishes(program);
    expect(await models.programRootOf(2, 0)).to.equal(programHash(program));
  });

  it("takes inputs and outputs in any places, one input by two nodes, one node for two outputs", async () => {
    const nodes = [INTEGERS, ZERO_FLOATS, FLOATS, ZERO_FLOATS, FLOATS];
    await publishes(written(nodes, [3, 3]), { outputs: [OUTPUTS[0], OUTPUTS[0]] });
  });

  it("takes an input that is an output", async () => {
    await publishes(written([FLOATS], [0]), { inputs: [INPUTS[0]], outputs: [OUTPUTS[0]] });
  });

  it("does not ask for the second node of an input", async () => {
    await publishes(written([FLOATS, INTEGERS, FLOATS, ZERO_FLOATS, ZERO_INTEGER], [3, 4]), { opened: [0, 1, 3, 4] });
  });

  describe("openings for bindings", () => {
    const [first, second] = [INPUTS, [typeOf(FLOAT32, 4, 3), typeOf(INT64, 9)]].map((inputs) => ({
      programRoot: programRootOf({ inputs, outputs: OUTPUTS }),
      inputs,
      outputs: OUTPUTS,
    }));
    const none = { ...first, programRoot: ZeroHash };
    const openings = [first, second].map((binding) => openingOf(programOf(binding)));
    const published = (bindings, given) => models.publish(1, versionWith(INPUTS, OUTPUTS, { bindings }), given);

    it("are given for those that have a program, in their order", async () => {
      await published([first, none, second, none], openings);
      expect(await models.programRootOf(2, 1)).to.equal(ZeroHash);
      expect(await models.programRootOf(2, 2)).to.equal(second.programRoot);
    });

    it("are as many", async () => {
      await refused(published([first, none, second], openings.slice(1)), "WrongProgramCount", 1n, 2n);
      await refused(published([first, second], []), "WrongProgramCount", 0n, 2n);
      await refused(published([none, first], openings), "WrongProgramCount", 2n, 1n);
      await refused(published([none], openings.slice(1)), "WrongProgramCount", 1n, 0n);
    });

    it("are not in another order", async () => {
      const root = second.programRoot;
      await refused(published([first, second], openings.toReversed()), "WrongProgramRoot", 0n, root, first.programRoot);
    });

    it("name the binding that they don't fit", async () => {
      const other = { ...second, programRoot: ethers.id("other") };
      const opened = second.programRoot;
      await refused(published([first, none, other], openings), "WrongProgramRoot", 2n, opened, other.programRoot);
    });
  });

  describe("an opening", () => {
    const program = written([FLOATS, INTEGERS, ZERO_FLOATS, ZERO_INTEGER, ZERO_FLOATS], [2, 3]);
    const programRoot = programHash(program);
    const isRefused = (change, error, ...values) => refused(publishes(program, { change }), error, ...values);
    const reopened = ({ specVersion, nodes, nodesRoot, outputs }) =>
      ethers.solidityPackedKeccak256(
        ["uint8", "uint256", "uint256", "bytes32", "uint256[]"],
        [6, specVersion, nodes, nodesRoot, outputs],
      );

    it("is of the spec version", async () => {
      for (const specVersion of [0, 2]) {
        await isRefused((opening) => ({ ...opening, specVersion }), "UnknownSpecVersion", 0n, specVersion);
      }
    });

    it("has 1 to 65,536 nodes", async () => {
      for (const nodes of [0, 65_537]) {
        await isRefused((opening) => ({ ...opening, nodes }), "InvalidNodeCount", 0n, nodes);
      }
    });

    it("has the binding's number of outputs", async () => {
      await isRefused((opening) => ({ ...opening, outputs: [2] }), "WrongProgramOutputs", 0n, 1n, 2n);
      await isRefused((opening) => ({ ...opening, outputs: [2, 3, 4] }), "WrongProgramOutputs", 0n, 3n, 2n);
    });

    for (const [what, change] of Object.entries({
      "another number of nodes": (opening) => ({ ...opening, nodes: 6 }),
      "another root of the nodes": (opening) => ({ ...opening, nodesRoot: ethers.id("nodes") }),
      "another output": (opening) => ({ ...opening, outputs: [4, 3] }),
      "outputs in another order": (opening) => ({ ...opening, outputs: [3, 2] }),
    })) {
      it(`with ${what} is another program's`, async () => {
        const opened = reopened(change(openingOf(program)));
        await isRefused(change, "WrongProgramRoot", 0n, opened, programRoot);
      });
    }

    const changeNode = (which, changes) => (opening) => ({
      ...opening,
      opened: opening.opened.map((node, index) => (index === which ? { ...node, ...changes } : node)),
    });

    for (const [what, change] of Object.entries({
      "no nodes": (opening) => ({ ...opening, opened: [] }),
      "one node less": (opening) => ({ ...opening, opened: opening.opened.slice(1) }),
      "a node twice": ({ opened, ...rest }) => ({ ...rest, opened: [opened[0], ...opened] }),
      "nodes in another order": ({ opened, ...rest }) => ({ ...rest, opened: opened.toReversed() }),
      "a node at another position": changeNode(3, { position: 4 }),
      "a node beyond the tree": changeNode(3, { position: 8 }),
      "a node at the last position of all": changeNode(3, { position: 2 ** 32 - 1 }),
      "another descriptor": changeNode(0, { descriptor: `0x${INTEGERS}` }),
      "an empty descriptor": changeNode(2, { descriptor: "0x" }),
      "a byte behind a descriptor": changeNode(0, { descriptor: `0x${FLOATS}00` }),
      "one sibling less": (opening) => ({ ...opening, siblings: opening.siblings.slice(1) }),
      "one sibling more": (opening) => ({ ...opening, siblings: [...opening.siblings, ZeroHash] }),
      "another sibling": (opening) => ({ ...opening, siblings: [ZeroHash, ...opening.siblings.slice(1)] }),
    })) {
      it(`with ${what} opens nothing`, async () => {
        await isRefused(change, "InvalidProgramOpening", 0n);
      });
    }

    it("is that of a tree as deep as the number of nodes says", async () => {
      const levels = treeLevels(program.descriptors.map(nodeHash));
      const root = ethers.solidityPackedKeccak256(
        ["uint8", "uint256", "uint256", "bytes32", "uint256[]"],
        [6, 1, 4, levels.at(-1)[0], [2, 3]],
      );
      const bindings = [{ programRoot: root, inputs: INPUTS, outputs: OUTPUTS }];
      const call = models.publish(1, versionWith(INPUTS, OUTPUTS, { bindings }), [{ ...openingOf(program), nodes: 4 }]);
      await refused(call, "InvalidProgramOpening", 0n);
    });
  });

  describe("a node", () => {
    it("is valid", async () => {
      const nodes = [FLOATS, INTEGERS, ZERO_FLOATS.replace(/^04/, "09"), ZERO_INTEGER];
      await refused(publishes(written(nodes, [2, 3])), "InvalidNode", 0n, 2n);
    });

    it("reads no claim", async () => {
      const nodes = [FLOATS, INTEGERS, claimNode(BOOL_TYPE, 1, 0)];
      await refused(publishes(written(nodes, [2]), { outputs: [typeOf(BOOL)] }), "InvalidNode", 0n, 2n);
    });
  });

  describe("an INPUT node", () => {
    const withInputs = (...inputs) =>
      written([...inputs, ZERO_FLOATS, ZERO_INTEGER], [inputs.length, inputs.length + 1]);

    for (const [what, node, ...values] of [
      ["of another dtype", inputNode(INT64_TYPE, 6, 0), 0, INT64, 6],
      ["of another count", inputNode(FLOAT32_TYPE, 7, 0), 0, FLOAT32, 7],
      ["of another input's dtype and count", inputNode(INT64_TYPE, 5, 0), 0, INT64, 5],
      ["of an input that there isn't", inputNode(FLOAT32_TYPE, 6, 2), 2, FLOAT32, 6],
      ["of input 15", inputNode(FLOAT32_TYPE, 6, 15), 15, FLOAT32, 6],
    ]) {
      it(`${what} is refused, wherever it stands`, async () => {
        await refused(publishes(withInputs(node, INTEGERS)), "WrongInputNode", 0n, 0n, ...values);
        await refused(publishes(withInputs(FLOATS, INTEGERS, node)), "WrongInputNode", 0n, 2n, ...values);
      });
    }

    it("is there for each input", async () => {
      await refused(publishes(withInputs(INTEGERS)), "InputNodeMissing", 0n, 0n);
      await refused(publishes(withInputs(FLOATS)), "InputNodeMissing", 0n, 1n);
      await refused(publishes(withInputs(FLOATS, FLOATS)), "InputNodeMissing", 0n, 1n);
      await refused(publishes(withInputs(FLOATS, INTEGERS), { opened: [0, 2, 3] }), "InputNodeMissing", 0n, 1n);
    });
  });

  describe("an output's node", () => {
    const withOutputs = (nodes, outputs) => written([FLOATS, INTEGERS, ...nodes], outputs);

    it("is of the output's dtype", async () => {
      const node = mapNode(FLOAT32_TYPE, [], [], [constant(FLOAT32_TYPE, 0)]);
      await refused(publishes(withOutputs([ZERO_FLOATS, node], [2, 3])), "WrongOutputNode", 0n, 1n, FLOAT32, 1n);
    });

    it("is of the output's count", async () => {
      const node = mapNode(FLOAT32_TYPE, [7], [], [constant(FLOAT32_TYPE, 0)]);
      await refused(publishes(withOutputs([node, ZERO_INTEGER], [2, 3])), "WrongOutputNode", 0n, 0n, FLOAT32, 7n);
    });

    it("is not another output's", async () => {
      await refused(publishes(withOutputs([ZERO_INTEGER, ZERO_FLOATS], [2, 3])), "WrongOutputNode", 0n, 0n, INT64, 1n);
    });

    it("is opened", async () => {
      const program = withOutputs([ZERO_FLOATS, ZERO_INTEGER], [2, 3]);
      await refused(publishes(program, { opened: [0, 1, 2] }), "OutputNodeMissing", 0n, 1n, 3n);
    });

    it("is a node of the program", async () => {
      const program = withOutputs([ZERO_FLOATS, ZERO_INTEGER], [2, 4]);
      await refused(publishes(program, { opened: [0, 1, 2, 3] }), "OutputNodeMissing", 0n, 1n, 4n);
    });
  });

  const golden = vectors("programs.json").programs.flatMap(goldenProgram);

  it(`takes ${golden.length} golden programs`, async () => {
    expect(golden.length).to.be.above(150);
    for (const { name, program, inputs, outputs } of golden) {
      await expect(publishes(program, { inputs, outputs }), name).to.emit(models, "VersionPublished");
    }
  });

  it(`refuses openings with a bit of a hash or descriptor changed (seed ${SEED})`, async () => {
    const next = randomWords(SEED);
    const flipped = (hex) => {
      const bytes = bytesOfHex(hex);
      bytes[next() % bytes.length] ^= 1 << (next() % 8);
      return ethers.hexlify(bytes);
    };
    for (let round = 0; round < 60; round++) {
      const { name, program, inputs, outputs } = golden[next() % golden.length];
      const change = ({ nodesRoot, opened, siblings, ...rest }) => {
        const places = siblings.length + opened.length + 1;
        const place = next() % places;
        const at = (list, index, value) => list.map((entry, i) => (i === index ? value(entry) : entry));
        return {
          ...rest,
          siblings: at(siblings, place, flipped),
          opened: at(opened, place - siblings.length, (node) => ({ ...node, descriptor: flipped(node.descriptor) })),
          nodesRoot: place === places - 1 ? flipped(nodesRoot) : nodesRoot,
        };
      };
      await expect(publishes(program, { inputs, outputs, change }), name).to.be.revert(ethers);
    }
  });
});

/** A golden program with the types that its job gives, if it reads each of its inputs and no claim. */
function goldenProgram({ name, file, valid, inputs, tensors, claims }) {
  const program = readProgramFile(bytesOfHex(file));
  if (!valid || claims.length !== 0 || inputs.length === 0) return [];
  const nodes = program.descriptors.map(readDescriptor);
  const read = new Set(nodes.filter(({ kind }) => kind === "INPUT").map(({ input }) => input));
  const kind = ({ dtype, count }) => typeOf(dtype, count);
  const isRead = inputs.every((_, input) => read.has(input)) && read.size === inputs.length;
  const results = program.outputs.map((output) => tensors[output]);
  if (!isRead || tensors.some(({ dtype }) => dtype === 0)) return [];
  return [{ name, program, inputs: inputs.map(kind), outputs: results.map(kind) }];
}
