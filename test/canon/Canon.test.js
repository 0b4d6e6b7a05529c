import { expect } from "chai";
import { network } from "hardhat";
import {
  constant,
  dotNode,
  foldNode,
  gatherNode,
  inputNode,
  mapNode,
  operand,
  primitive,
  slot,
  typedOperand,
  viewAxis,
} from "../../canon/vectors/reference/assembly.js";
import { many, pick, randomBetween, randomOfExponents, randomWords } from "../../canon/vectors/cases/random.js";
import { bytesOfHex, hexOfBytes } from "../../canon/vectors/reference/bytes.js";
import { treeRoot } from "../../canon/vectors/reference/commitments.js";
import { BOOL, FLOAT32, INT32, INT64, INT8 } from "../../canon/vectors/reference/dataTypes.js";
import { writeElements } from "../../canon/vectors/reference/elements.js";
import { evaluateDescriptors, tensorOf } from "../../canon/vectors/reference/evaluation.js";
import { MEANING, Openable, UNOPENED, deployCanon, stepOf } from "../support/canon.js";
import { elementsOf } from "./nodes.js";
import { vectors } from "./vectors.js";

const { ethers, networkHelpers } = await network.getOrCreate();

const SEED = 0xca909;
const POSITION = 7;
const ONE = 0x3f800000;
const NOT_A_NUMBER = 0x7fc00000n;

const along = (extent, axis, more) => viewAxis(extent, [[axis, 1]], more);

/** Of so many elements: 1.0, 0, 1.0, 0, ... or 1, 0, 1, 0, ... */
const openableOf = (type, count) => {
  const one = type === FLOAT32 ? ONE : type === BOOL ? 1 : 1n;
  const elements = many(count, (_, number) => (number % 2 === 0 ? one : type === INT64 ? 0n : 0));
  return new Openable({ dtype: type.code, count, data: writeElements(type, elements) });
};

const vector = (type, node, extent) => typedOperand(type, node, [along(extent, 1)]);

/** A copy of 1,000 elements: 256 in a leaf. */
const copied = `0x${mapNode(FLOAT32, [1_000], [slot(FLOAT32, 0, [operand(0, [along(1_000, 0)])])], [])}`;
const summed = `0x${foldNode(FLOAT32, "SUM", [2], [1_000], vector(FLOAT32, 0, 1_000))}`;
const counted = `0x${foldNode(INT32, "SUM", [2], [1_000], vector(INT8, 0, 1_000))}`;
const greatest = `0x${foldNode(FLOAT32, "MAX", [2], [1_000], vector(FLOAT32, 0, 1_000))}`;

describe("Canon", () => {
  let canon, floats;

  before(async () => {
    ({ canon } = await networkHelpers.loadFixture(deployCanon));
    floats = openableOf(FLOAT32, 1_000);
  });

  const refuses = (step, error, ...values) =>
    expect(canon.step(step))
      .to.be.revertedWithCustomError(canon, error)
      .withArgs(...values);

  const copyOf = (opened, element = 0) => stepOf(copied, POSITION, [opened], { element });

  it("is of spec version 1", async () => {
    expect(await canon.specVersion()).to.equal(1n);
  });

  describe("what a node means", () => {
    it("void, if the descriptor is not valid, whatever comes with it", async () => {
      for (const operands of [[], [floats.openedWhole()]]) {
        const answer = await canon.step(stepOf("0x07", POSITION, operands, { element: 9, accumulator: "0x01" }));
        expect([...answer]).to.deep.equal([MEANING.VOID, 0n, 0n, [], 0n]);
      }
    });

    it("void, if an operand has another dtype; a void one has dtype 0", async () => {
      for (const dtype of [0, 2, 3, 6, 7, 9, 255]) {
        const other = { ...floats.opened([]), dtype, opened: UNOPENED };
        expect([...(await canon.step(copyOf(other, 5_000)))]).to.deep.equal([MEANING.VOID, 0n, 0n, [0n], 0n]);
      }
    });

    it("given, if it is an input, weight or claim, whatever the element", async () => {
      const answer = await canon.step(stepOf(`0x${inputNode(INT64, 12, 3)}`, POSITION, [], { element: 12 }));
      expect([...answer]).to.deep.equal([MEANING.GIVEN, 7n, 12n, [], 0n]);
    });
  });

  describe("refuses", () => {
    it("an element that the node doesn't have", async () => {
      await refuses(copyOf(floats.openedWhole(), 1_000), "ElementOutOfRange", 1_000, 1_000);
      await refuses(copyOf(floats.openedWhole(), 2 ** 32 - 1), "ElementOutOfRange", 2 ** 32 - 1, 1_000);
    });

    it("another number of operands than the descriptor names", async () => {
      const whole = floats.openedWhole();
      await refuses(stepOf(copied, POSITION, []), "WrongNumberOfOperands", 0, 1);
      await refuses(stepOf(copied, POSITION, [whole, whole]), "WrongNumberOfOperands", 2, 1);
      await refuses(stepOf(`0x${inputNode(FLOAT32, 1, 0)}`, POSITION, [whole]), "WrongNumberOfOperands", 1, 0);
    });

    const damages = {
      "another root": ({ ...opened }) => ({ ...opened, root: ethers.ZeroHash }),
      "a count with a deeper tree": (opened) => ({ ...opened, count: 2_000 }),
      "a count with a flatter tree": (opened) => ({ ...opened, count: 256 }),
      "a count of 2^32 - 1": (opened) => ({ ...opened, count: 2 ** 32 - 1 }),
      "a place that isn't in the tree": (opened) => withOpened(opened, { places: [1, 4] }),
      "a place of 2^256 - 1": (opened) => withOpened(opened, { places: [1, 2n ** 256n - 1n] }),
      "places that don't ascend": (opened) => withOpened(opened, { places: [2, 1] }),
      "a place twice": (opened) => withOpened(opened, { places: [1, 1] }),
      "a place too few": (opened) => withOpened(opened, { places: [0] }), // the other leaf follows
      "places that follow out of the tree": (opened) => withOpened(opened, { places: [3] }),
      "zero behind a place of 2^256 - 1": (opened) => withOpened(opened, { places: [2n ** 256n - 1n] }),
      "a place too many": (opened) => withOpened(opened, { places: [0, 1, 2] }),
      "no places": (opened) => withOpened(opened, { places: [] }),
      "siblings alone": (opened) => withOpened(opened, { places: [], leaves: "0x" }),
      "leaves alone": (opened) => withOpened(opened, { places: [], siblings: [] }),
      "places alone": (opened) => withOpened(opened, { leaves: "0x", siblings: [] }),
      "a byte of a leaf changed": (opened) => withOpened(opened, { leaves: flipped(opened.opened.leaves, 700) }),
      "a byte of the other leaf changed": (opened) =>
        withOpened(opened, { leaves: flipped(opened.opened.leaves, 1_900) }),
      "a byte too few": (opened) => withOpened(opened, { leaves: opened.opened.leaves.slice(0, -2) }),
      "a byte too many": (opened) => withOpened(opened, { leaves: `${opened.opened.leaves}00` }),
      "a sibling too few": (opened) => withOpened(opened, { siblings: opened.opened.siblings.slice(1) }),
      "a sibling too many": (opened) => withOpened(opened, { siblings: [...opened.opened.siblings, ethers.ZeroHash] }),
      "a sibling changed": (opened) =>
        withOpened(opened, { siblings: [ethers.ZeroHash, ...opened.opened.siblings.slice(1)] }),
    };
    for (const [what, damage] of Object.entries(damages)) {
      it(`leaves with ${what}`, async () => {
        await refuses(copyOf(damage(floats.opened([1, 2])), 300), "OperandNotOpened", 0);
      });
    }

    it("leaves of the second operand that don't open", async () => {
      const dot = `0x${dotNode(FLOAT32, [2], [1_000], vector(FLOAT32, 0, 1_000), vector(FLOAT32, 1, 1_000))}`;
      const other = { ...floats.openedWhole(), root: ethers.ZeroHash };
      await refuses(stepOf(dot, POSITION, [floats.openedWhole(), other]), "OperandNotOpened", 1);
    });

    it("to read a leaf that was not opened", async () => {
      await refuses(copyOf(floats.opened([]), 0), "LeafNotOpened", 0, 0);
      await refuses(copyOf(floats.opened([0, 1, 3]), 700), "LeafNotOpened", 0, 2);
      for (const [places, missing] of [
        [[1, 2, 3], 0],
        [[0, 2, 3], 1],
        [[0, 1, 3], 2],
        [[0, 1, 2], 3],
        [[0], 1],
        [[3], 0],
      ]) {
        await refuses(stepOf(summed, POSITION, [floats.opened(places)]), "LeafNotOpened", 0, missing);
      }
    });

    it("to read a leaf in whose stead another one was opened", async () => {
      const step = stepOf(summed, POSITION, [floats.opened([0, 1, 3])]);
      await expect(canon.accumulate(step, 700)).to.be.revertedWithCustomError(canon, "LeafNotOpened").withArgs(0, 2);
    });

    it("to read the addend's leaf that was not opened", async () => {
      const [a, c] = [vector(FLOAT32, 0, 1_000), typedOperand(FLOAT32, 1, [viewAxis(300, [], { offset: 299 })])];
      const dot = stepOf(`0x${dotNode(FLOAT32, [2], [1_000], a, a, c)}`, POSITION, [
        floats.openedWhole(),
        floats.openedWhole(),
        floats.opened([0]),
      ]);
      await refuses(dot, "LeafNotOpened", 2, 1);
    });

    it("calldata that is no step", async () => {
      const data = canon.interface.encodeFunctionData("step", [copyOf(floats.openedWhole())]);
      const [sender] = await ethers.getSigners();
      for (const length of [10, 200, 1_000, data.length - 3_000]) {
        const cut = data.slice(0, length - (length % 2));
        await expect(sender.call({ to: canon, data: cut })).to.be.rejected;
      }
    });

    const withOpened = (opened, parts) => ({ ...opened, opened: { ...opened.opened, ...parts } });

    const flipped = (hex, place) => {
      const bytes = bytesOfHex(hex);
      bytes[place] ^= 1;
      return hexOfBytes(bytes);
    };
  });

  describe("leaves that a step doesn't need", () => {
    it("need not be opened, and may be", async () => {
      for (const places of [[1], [0, 1], [1, 3], [0, 1, 2, 3]]) {
        expect((await canon.step(copyOf(floats.opened(places), 256))).value).to.equal(BigInt(ONE));
      }
    });

    it("are those of an alternative that is out of bounds", async () => {
      const shifted = operand(1, [along(4, 0, { offset: 2 })]);
      const digits = mapNode(FLOAT32, [4], [slot(FLOAT32, 7, [shifted, operand(0, [along(3, 0)])])], []);
      const step = (element, operands) => stepOf(`0x${digits}`, POSITION, operands, { element });
      const [closed, open] = [floats.opened([]), floats.opened([0])];
      expect((await canon.step(step(0, [open, closed]))).value).to.equal(BigInt(ONE));
      expect((await canon.step(step(2, [closed, open]))).value).to.equal(BigInt(ONE));
      expect((await canon.step(step(3, [closed, closed]))).value).to.equal(7n);
      await refuses(step(0, [closed, open]), "LeafNotOpened", 0, 0);
      await refuses(step(2, [open, closed]), "LeafNotOpened", 1, 0);
    });

    it("are the data's of a GATHER whose index is out of bounds", async () => {
      const indices = new Openable({ dtype: 7, count: 3, data: writeElements(INT64, [4n, -5n, -1n]) });
      const gather = gatherNode(FLOAT32, [4], typedOperand(INT64, 0, [along(4, 0)]), operand(1, [viewAxis(4)]), 0);
      const step = (element, operands) => stepOf(`0x${gather}`, POSITION, operands, { element });
      for (const element of [0, 1]) {
        const answer = await canon.step(step(element, [indices.openedWhole(), floats.opened([])]));
        expect(answer.value).to.equal(NOT_A_NUMBER);
      }
      expect((await canon.step(step(3, [indices.opened([]), floats.opened([])]))).value).to.equal(NOT_A_NUMBER);
      expect((await canon.step(step(2, [indices.openedWhole(), floats.openedWhole()]))).value).to.equal(0n);
      await refuses(step(2, [indices.openedWhole(), floats.opened([])]), "LeafNotOpened", 1, 0);
      await refuses(step(0, [indices.opened([]), floats.openedWhole()]), "LeafNotOpened", 0, 0);
    });

    it("are those of terms that are in the accumulator", async () => {
      const { accumulator } = await canon.accumulate(stepOf(summed, POSITION, [floats.opened([0, 1, 2])]), 768);
      const rest = stepOf(summed, POSITION, [floats.opened([3])], { accumulator });
      expect((await canon.step(rest)).value).to.equal(0x43fa0000n); // 500
    });
  });

  describe("accumulate", () => {
    const asked = (descriptor, operands, more) => stepOf(descriptor, POSITION, operands, more);
    const fails = (step, until, error, ...values) =>
      expect(canon.accumulate(step, until))
        .to.be.revertedWithCustomError(canon, error)
        .withArgs(...values);

    it("names the operands' nodes", async () => {
      const [a, b] = [vector(FLOAT32, 3, 1_000), vector(FLOAT32, 5, 1_000)];
      const dot = asked(`0x${dotNode(FLOAT32, [2], [1_000], a, b)}`, [floats.openedWhole(), floats.openedWhole()]);
      expect((await canon.accumulate(dot, 10)).nodes).to.deep.equal([3n, 5n]);
    });

    it("spreads a sum over calls, in any parts", async () => {
      for (const [descriptor, openable, sum] of [
        [summed, floats, 0x43fa0000n],
        [counted, openableOf(INT8, 1_000), 500n],
      ]) {
        let accumulator = "0x";
        for (const until of [1, 2, 255, 256, 257, 999, 1_000]) {
          ({ accumulator } = await canon.accumulate(
            asked(descriptor, [openable.openedWhole()], { accumulator }),
            until,
          ));
          const whole = await canon.step(asked(descriptor, [openable.openedWhole()], { accumulator }));
          expect(whole.value).to.equal(sum);
        }
      }
    });

    it("refuses what it did not return", async () => {
      for (const [descriptor, openable] of [
        [summed, floats],
        [counted, openableOf(INT8, 1_000)],
      ]) {
        const operands = [openable.openedWhole()];
        const { accumulator } = await canon.accumulate(asked(descriptor, operands), 500);
        const body = accumulator.slice(18);
        const withNumbers = (next, present) =>
          `0x${next.toString(16).padStart(8, "0")}${present.toString(16).padStart(8, "0")}${body}`;
        for (const other of [
          accumulator.slice(0, -2),
          `${accumulator}00`,
          "0x00",
          accumulator.slice(0, 18),
          withNumbers(1_001, 500),
          withNumbers(500, 501),
          withNumbers(2 ** 32 - 1, 2 ** 32 - 1),
        ]) {
          const step = asked(descriptor, operands, { accumulator: other });
          await refuses(step, "MalformedAccumulator");
          await fails(step, 600, "MalformedAccumulator");
        }
      }
    });

    it("refuses bytes that are no sum's", async () => {
      const operands = [floats.openedWhole()];
      const { accumulator } = await canon.accumulate(asked(summed, operands), 500);
      const step = asked(summed, operands, { accumulator: `${accumulator.slice(0, -2)}08` });
      await expect(canon.step(step)).to.be.revertedWithCustomError(canon, "MalformedSum");
      await expect(canon.accumulate(step, 600)).to.be.revertedWithCustomError(canon, "MalformedSum");
    });

    it("refuses an accumulator for what doesn't accumulate", async () => {
      const accumulator = "0x00000000";
      await refuses(stepOf(copied, POSITION, [floats.openedWhole()], { accumulator }), "MalformedAccumulator");
      await refuses(stepOf(greatest, POSITION, [floats.openedWhole()], { accumulator }), "MalformedAccumulator");
    });

    it("refuses nodes that don't accumulate", async () => {
      const operands = [floats.openedWhole()];
      for (const step of [
        asked("0x07", []),
        asked(copied, operands),
        asked(greatest, operands),
        asked(`0x${inputNode(FLOAT32, 4, 0)}`, []),
        asked(summed, [{ ...operands[0], dtype: 6 }]),
      ]) {
        await fails(step, 1, "NotAccumulated");
      }
    });

    it("refuses terms that are in already, and terms that there aren't", async () => {
      const operands = [floats.openedWhole()];
      await fails(asked(summed, operands), 0, "TermOutOfRange", 0, 0, 1_000);
      await fails(asked(summed, operands), 1_001, "TermOutOfRange", 1_001, 0, 1_000);
      const { accumulator } = await canon.accumulate(asked(summed, operands), 500);
      await fails(asked(summed, operands, { accumulator }), 500, "TermOutOfRange", 500, 500, 1_000);
      await fails(asked(summed, operands, { accumulator }), 2 ** 32 - 1, "TermOutOfRange", 2 ** 32 - 1, 500, 1_000);
    });

    it("refuses what a step refuses", async () => {
      const whole = floats.openedWhole();
      await fails(asked(summed, [whole], { element: 2 }), 1, "ElementOutOfRange", 2, 2);
      await fails(asked(summed, []), 1, "WrongNumberOfOperands", 0, 1);
      await fails(asked(summed, [{ ...whole, root: ethers.ZeroHash }]), 1, "OperandNotOpened", 0);
      await fails(asked(summed, [floats.opened([0])]), 257, "LeafNotOpened", 0, 1);
    });
  });

  describe("openings", () => {
    it(`give the root of the tree in which leaves stand (seed ${SEED})`, async () => {
      const next = randomWords(SEED);
      for (let round = 0; round < 40; round++) {
        const data = Uint8Array.from(many(randomBetween(next, 1, 12 * 1_024), () => next() % 256));
        const openable = new Openable({ dtype: 2, count: data.length, data });
        expect(await canon.rootOf(data)).to.equal(treeRoot(data));
        const places = many(openable.levels[0].length, (_, place) => place).filter(() => next() % 2 === 0);
        if (places.length === 0) continue;
        // A place beyond the last leaf holds H(03), which no 1,024 bytes open.
        const root = await canon.rootOfLeaves(openable.depth, openable.openingOf(places));
        expect(root === openable.root).to.equal(places.at(-1) < openable.leafCount);
      }
    });

    it("are refused if they open no tree", async () => {
      const opening = floats.openingOf([1, 2]);
      for (const [depth, parts] of [
        [1, {}],
        [3, {}],
        [32, {}],
        [2n ** 256n - 1n, {}],
        [2, { places: [2, 1] }],
        [2, { places: [3] }],
        [2, { places: [2n ** 256n - 1n] }],
        [2, { places: [] }],
        [2, { siblings: [] }],
        [2, { leaves: "0x" }],
        [2, { places: [], leaves: "0x", siblings: [] }],
      ]) {
        await expect(canon.rootOfLeaves(depth, { ...opening, ...parts })).to.be.revertedWithCustomError(
          canon,
          "NoOpening",
        );
      }
      expect(await canon.rootOfLeaves(2, opening)).to.equal(floats.root);
    });

    it("may give the places that follow one another at the end, or not", async () => {
      for (const [places, shown] of [
        [
          [1, 2],
          [[1], [1, 2]],
        ],
        [
          [0, 2, 3],
          [
            [0, 2],
            [0, 2, 3],
          ],
        ],
        [
          [0, 1, 2, 3],
          [[0], [0, 1], [0, 1, 2], [0, 1, 2, 3]],
        ],
      ]) {
        const opening = floats.openingOf(places);
        for (const given of shown) {
          expect(await canon.rootOfLeaves(2, { ...opening, places: given })).to.equal(floats.root);
        }
      }
    });

    it("need no data", async () => {
      expect(await canon.rootOf("0x")).to.equal(treeRoot(new Uint8Array(0)));
    });

    it("are refused where bytes end before their length", async () => {
      const [sender] = await ethers.getSigners();
      const data = canon.interface.encodeFunctionData("rootOf", ["0x1234"]).slice(0, -64);
      await expect(sender.call({ to: canon, data })).to.be.rejected;
    });
  });

  describe("the band", () => {
    const { cases } = vectors("primitives.json").primitives.find(({ name }) => name === "WITHIN");

    it(`holds or not in ${cases.length} golden cases`, async () => {
      for (const [c, y, absolute, relative, result] of cases) {
        expect(await canon.within(c, y, absolute, relative), `${c} ${y}`).to.equal(BigInt(result) === 1n);
      }
    });

    it("refuses tolerances that are no tolerances", async () => {
      for (const [absolute, relative] of [
        [0x80000000, 0],
        [0xbf800000, 0],
        [0x7f800000, 0],
        [0x7fc00000, 0],
        [0, 0x80000000],
        [0, 0x3f800000],
        [0, 0x7fc00000],
      ]) {
        await expect(canon.within(ONE, ONE, absolute, relative))
          .to.be.revertedWithCustomError(canon, "InvalidTolerances")
          .withArgs(absolute, relative);
      }
    });
  });

  describe("its parts", () => {
    it("refuse a function that there isn't", async () => {
      const { functions } = await networkHelpers.loadFixture(deployCanon);
      for (const code of [0x00, 0x4f, 0x5a, 0xff]) {
        await expect(functions.evaluate(code, ONE)).to.be.revertedWithCustomError(functions, "UnknownFunction");
      }
    });

    it("refuse an expression of no bytes, and registers that there aren't", async () => {
      const { expressions } = await networkHelpers.loadFixture(deployCanon);
      for (const expression of ["0x", "0x012501"]) {
        await expect(expressions.evaluate(expression, [], [], [])).to.be.rejected;
      }
    });

    it("make a step fail that needs one which fails", async () => {
      const { canon: lame } = await lameCanon();
      const exp = mapNode(FLOAT32, [4], [slot(FLOAT32, 0, [operand(0, [along(4, 0)])])], [primitive("EXP", 0)]);
      await expect(lame.step(stepOf(`0x${exp}`, POSITION, [floats.openedWhole()]))).to.be.rejected;
      const none = mapNode(FLOAT32, [4], [], [constant(FLOAT32, ONE)]);
      expect((await lame.step(stepOf(`0x${none}`, POSITION, []))).value).to.equal(BigInt(ONE));
    });

    /** Its functions are no contract. */
    async function lameCanon() {
      const expressions = await ethers.deployContract("CanonExpressions", [ethers.ZeroAddress]);
      return { canon: await ethers.deployContract("Canon", [expressions]) };
    }
  });

  describe("folds over many leaves", () => {
    it(`read just the leaves that they need, found one by one (seed ${SEED})`, async () => {
      const next = randomWords(SEED);
      for (let round = 0; round < 24; round++) {
        const { descriptors, job, element } = randomFold(next);
        const tensors = evaluateDescriptors(descriptors, job);
        const openables = tensors
          .slice(0, 2)
          .map(({ type, count, data }) => new Openable({ dtype: type.code, count, data }));
        const value = await interrogate(hexOfBytes(descriptors[2]), openables, element);
        expect(value, hexOfBytes(descriptors[2])).to.equal(elementsOf(tensors[2])[element]);
      }
    });

    /** Opens what the step says is missing, until nothing is. */
    async function interrogate(descriptor, openables, element) {
      const places = openables.map(() => new Set());
      for (;;) {
        const operands = openables.map((openable, number) =>
          openable.opened([...places[number]].sort((first, second) => first - second)),
        );
        try {
          return (await canon.step(stepOf(descriptor, 2, operands, { element }))).value;
        } catch (error) {
          const { name, args } = canon.interface.parseError(error.data ?? error.cause?.data ?? "0x");
          expect(name).to.equal("LeafNotOpened");
          const [operandNumber, leaf] = args.map(Number);
          expect(places[operandNumber].has(leaf)).to.equal(false);
          places[operandNumber].add(leaf);
        }
      }
    }

    /** A DOT of two inputs of some leaves each. */
    function randomFold(next) {
      const type = pick(next, [FLOAT32, INT8, INT32, INT64]);
      const elements = () =>
        many(randomBetween(next, 600, 1_500), () =>
          type === FLOAT32 ? randomOfExponents(next, 118, 134) : BigInt.asIntN(8, BigInt(next())),
        );
      const inputs = [elements(), elements()].map((list) => tensorOf(type, writeElements(type, list)));
      const run = randomBetween(next, 50, 400);
      const rows = randomBetween(next, 1, 3);
      const operandOf = (node) =>
        typedOperand(type, node, [
          viewAxis(rows + (next() % 2), [[1, 1]], { offset: (next() % 3) - 1 }),
          viewAxis(
            run + (next() % 50),
            [
              [0, 7],
              [2, 1],
            ],
            { offset: (next() % 21) - 10 },
          ),
        ]);
      const result = type === FLOAT32 ? FLOAT32 : INT64;
      const digits = [
        ...inputs.map(({ count }, input) => inputNode(type, count, input)),
        dotNode(result, [3], [rows, run], operandOf(0), operandOf(1)),
      ];
      return { descriptors: digits.map(bytesOfHex), job: { inputs, weights: [], claims: [] }, element: next() % 3 };
    }
  });
});
