import { expect } from "chai";
import { network } from "hardhat";
import { pick, randomWords } from "../../canon/vectors/cases/random.js";
import { randomModel } from "../../canon/vectors/cases/randomPrograms.js";
import { bytesOfHex, hexOfBytes } from "../../canon/vectors/reference/bytes.js";
import { NotValid, nodeOf, operandsOf } from "../../canon/vectors/reference/descriptors.js";
import { readProgramFile } from "../../canon/vectors/reference/program.js";
import { deployCanon } from "../support/canon.js";
import { damaged } from "../../canon/vectors/cases/damage.js";
import { vectors } from "./vectors.js";

const { ethers, networkHelpers } = await network.getOrCreate();

const SEED = 0xde5c71b;
const DAMAGED = process.env.OPG_LONG ? 200_000 : 3_000;
const BATCH = 50;
const KINDS = ["INPUT", "WEIGHT", "CLAIM", "MAP", "FOLD", "GATHER"];

const { descriptors } = vectors("descriptors.json");

describe("Descriptors", () => {
  let harness, canon;

  before(async () => {
    ({ canon } = await networkHelpers.loadFixture(deployCanon));
    harness = await ethers.deployContract("DescriptorsHarness");
  });

  /** Entries are { descriptor, position, gas }, without gas if they are not valid. */
  async function compare(entries) {
    for (let from = 0; from < entries.length; from += BATCH) {
      const batch = entries.slice(from, from + BATCH);
      const { valid, gas } = await harness.read(
        batch.map(({ descriptor }) => descriptor),
        batch.map(({ position }) => position),
      );
      batch.forEach((entry, place) => {
        const what = entry.why ?? `${entry.descriptor} at ${entry.position}`;
        expect(valid[place], what).to.equal(entry.gas !== undefined);
        expect(gas[place], what).to.equal(BigInt(entry.gas ?? 0));
      });
    }
  }

  it(`are valid or not, and cost what they cost: ${descriptors.length} golden ones`, async () => {
    await compare(descriptors);
  });

  it("name their operands", async () => {
    for (const { why, descriptor, position } of descriptors) {
      const node = nodeOf(bytesOfHex(descriptor), position);
      const described = await canon.describe(descriptor, position);
      if (node === undefined) {
        expect([...described], why).to.deep.equal([false, 0n, 0n, 0n, [], []]);
        continue;
      }
      const operands = operandsOf(node);
      expect([...described], why).to.deep.equal([
        true,
        BigInt(KINDS.indexOf(node.kind) + 1),
        BigInt(node.type.code),
        BigInt(node.count),
        operands.map((operand) => BigInt(operand.node)),
        operands.map((operand) => BigInt(operand.type.code)),
      ]);
    }
  });

  it(`agree with the third implementation where ${DAMAGED} were damaged (seed ${SEED})`, async function () {
    this.timeout(0);
    const next = randomWords(SEED);
    const golden = descriptors.filter(({ gas }) => gas !== undefined);
    const whole = golden.map(({ descriptor, position }) => [bytesOfHex(descriptor), position]);
    for (let programs = 0; programs < 40; programs++) {
      randomModel(next).descriptors.forEach((bytes, position) => whole.push([bytes, position]));
    }
    let [valid, invalid] = [0, 0];
    for (let left = DAMAGED; left > 0; left -= BATCH) {
      const entries = Array.from({ length: BATCH }, () => {
        const [bytes, position] = pick(next, whole);
        const changed = damaged(bytes, next);
        const node = nodeOf(changed, position);
        if (node === undefined) invalid++;
        else valid++;
        return { descriptor: hexOfBytes(changed), position, gas: node?.gas };
      });
      await compare(entries);
    }
    expect(valid).to.be.above(DAMAGED / 10);
    expect(invalid).to.be.above(DAMAGED / 10);
  });

  it("are not valid at a position that no node has, or with 2^16 bytes", async () => {
    const entries = [
      { descriptor: "0x01010000000700", position: 65_536 },
      { descriptor: "0x01010000000700", position: 2 ** 32 - 1 },
      { descriptor: `0x${"01".repeat(65_536)}`, position: 1 },
      { descriptor: "0x", position: 0 },
    ];
    await compare(entries);
  });

  describe("of program files", () => {
    const { files } = vectors("program-files.json");
    const verdicts = vectors("verdicts.json").verdicts.map(({ name, verdictFile }) => ({
      why: `the verdict on ${name}`,
      file: verdictFile,
      valid: true,
    }));

    for (const { why, file, valid } of [...files, ...verdicts]) {
      it(`say that ${why} is ${valid ? "" : "not "}valid`, async () => {
        const program = framed(file);
        expect(program !== undefined && (await isValid(program))).to.equal(valid);
      });
    }

    function framed(file) {
      try {
        return readProgramFile(bytesOfHex(file));
      } catch (error) {
        if (error instanceof NotValid) return undefined;
        throw error;
      }
    }

    /** By section 10, of what the contract says about each descriptor. */
    async function isValid({ descriptors: list, outputs }) {
      const nodes = [];
      for (const [position, descriptor] of list.entries()) nodes.push(await canon.describe(descriptor, position));
      const isVerdict = nodes.some(({ kind }) => kind === 3n);
      return (
        nodes.length >= 1 &&
        nodes.every((node) => node.valid) &&
        nodes.every(({ nodes: operands, dtypes }) =>
          operands.every((operand, place) => nodes[operand].dtype === dtypes[place]),
        ) &&
        outputs.length >= 1 &&
        outputs.length <= 16 &&
        outputs.every((output) => output < nodes.length) &&
        (!isVerdict || (outputs.length === 1 && nodes[outputs[0]].dtype === 9n && nodes[outputs[0]].count === 1n))
      );
    }
  });
});
