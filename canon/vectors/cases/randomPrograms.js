// Small valid programs, drawn at random: any kinds, ranks, maps that go out of bounds, expressions of any primitives.

import { castTo, constant, index, primitive, viewAxis, within } from "../reference/assembly.js";
import { BOOL, DATA_TYPES, FLOAT32, INT32, INT64, wrapped } from "../reference/dataTypes.js";
import { readElement, writeElement } from "../reference/elements.js";
import { INFINITY, NEGATIVE_INFINITY, NOT_A_NUMBER, SIGN } from "../reference/float32.js";
import { FOLDS } from "../reference/folds.js";
import { Model } from "./model.js";
import { PRIMITIVES } from "../reference/primitives.js";
import { many, pick, randomBetween, randomInteger, randomOfExponents, randomOfFewBits, randomWords } from "./random.js";

const PROGRAMS = 150;
const LARGEST_SPACE = 36;
const LARGEST_FOLD_SPACE = 24;

const STRANGE_FLOATS = [
  0,
  SIGN,
  INFINITY,
  NEGATIVE_INFINITY,
  NOT_A_NUMBER,
  0xff812345,
  0x00000001,
  0x80000001,
  0x7f7fffff,
];

export function randomPrograms() {
  const next = randomWords(0x5eed5eed);
  return many(PROGRAMS, () => randomModel(next));
}

/** A valid program and its job. */
export function randomModel(next) {
  const model = new Model();
  const chance = (percent) => next() % 100 < percent;
  const count = (low, high) => randomBetween(next, low, high);

  function randomElement(type) {
    if (type === BOOL) return chance(20) ? next() % 256 : next() % 2;
    if (type !== FLOAT32) return chance(60) ? wrapped(type, BigInt(count(-7, 8))) : randomInteger(next, type);
    if (chance(8)) return pick(next, STRANGE_FLOATS);
    return chance(40) ? randomOfFewBits(next, 124, 130) : randomOfExponents(next, 118, 134);
  }

  /** As constants have to be. */
  const canonicalElement = (type) => readElement(type, writeElement(type, randomElement(type)));

  const randomType = () => (chance(35) ? FLOAT32 : pick(next, DATA_TYPES));

  function randomExtents(least, most, size) {
    for (;;) {
      const extents = many(count(least, most), () => (most > 4 ? count(1, 2) : count(1, 5)));
      if (extents.reduce((product, extent) => product * extent, 1) <= size) return extents;
    }
  }

  const randomSpace = () => (chance(8) ? randomExtents(5, 8, LARGEST_SPACE) : randomExtents(0, 4, LARGEST_SPACE));

  /** One view axis that uses some of the axes with these extents, mostly one of them and mostly in bounds. */
  function randomAxis(extents, usable) {
    if (usable.length === 0 || chance(10)) return viewAxis(count(1, 3), [], { offset: count(-1, 2) });
    if (chance(60)) {
      const axis = pick(next, usable);
      const offset = chance(30) ? count(-2, 2) : 0;
      return viewAxis(Math.max(1, extents[axis] + (chance(30) ? count(-1, 2) : 0)), [[axis, 1]], { offset });
    }
    const coefficient = () => (chance(4) ? pick(next, [-(2 ** 31), 2 ** 31 - 1]) : pick(next, [-2, -1, 1, 1, 2, 3]));
    const terms = usable.filter(() => chance(50)).map((axis) => [axis, coefficient()]);
    const divisor = chance(5) ? 2 ** 31 - 1 : pick(next, [1, 1, 2, 3, 5]);
    const offset = chance(4) ? pick(next, [-(2 ** 31), 2 ** 31 - 1]) : count(-3, 5);
    return viewAxis(count(1, 7), terms, { offset, divisor });
  }

  const axesOf = (extents) => extents.map((_, axis) => axis);

  const randomView = (extents) => many(chance(10) ? 0 : count(1, 3), () => randomAxis(extents, axesOf(extents)));

  const nodesOf = (types) => axesOf(model.types).filter((node) => types.includes(model.types[node]));
  const randomNode = (types = DATA_TYPES) => pick(next, nodesOf(types));

  function addSource() {
    const type = randomType();
    const elements = many(count(1, 20), () => randomElement(type));
    return chance(50) ? model.input(type, elements) : model.weight(type, elements);
  }

  function addIndices() {
    const type = pick(next, [INT32, INT64]);
    return model.input(
      type,
      many(count(2, 8), () => BigInt(count(-5, 5))),
    );
  }

  function addMap() {
    const extents = randomSpace();
    const slotTypes = [];
    const slots = many(count(0, 3), () => {
      const type = model.types[randomNode()];
      slotTypes.push(type);
      const pairs = many(pick(next, [1, 1, 1, 2, 3]), () => [randomNode([type]), randomView(extents)]);
      return model.alternatives(pairs, canonicalElement(type));
    });
    const { primitives, resultType } = randomExpression(slotTypes, extents.length);
    return model.map(resultType, extents, slots, ...primitives);
  }

  function randomExpression(slotTypes, axes) {
    const types = [...slotTypes];
    const unread = new Set(axesOf(types));
    const primitives = [];

    const add = (text, resultType, registers) => {
      registers.forEach((register) => unread.delete(register));
      unread.add(types.length);
      types.push(resultType);
      primitives.push(text);
    };

    const registersOf = (type) => axesOf(types).filter((register) => types[register] === type);
    const randomRegister = () => (chance(70) ? pick(next, [...unread]) : next() % types.length);

    const addPlain = ({ name, arity, resultType }) => {
      const first = randomRegister();
      const registers = [first, ...many(arity - 1, () => pick(next, registersOf(types[first])))];
      const result = resultType(registers.map((register) => types[register]));
      if (result !== undefined) add(primitive(name, ...registers), result, registers);
    };

    const addSelect = () => {
      const conditions = registersOf(BOOL);
      if (conditions.length === 0) return;
      const first = randomRegister();
      const registers = [pick(next, conditions), first, pick(next, registersOf(types[first]))];
      add(primitive("SELECT", ...registers), types[first], registers);
    };

    const addWithin = () => {
      const floats = registersOf(FLOAT32);
      if (floats.length === 0) return;
      const registers = [pick(next, floats), pick(next, floats)];
      const tolerance = () => pick(next, [0, randomOfExponents(next, 100, 126) % SIGN]);
      add(within(...registers, { absolute: tolerance(), relative: tolerance() }), BOOL, registers);
    };

    const addCast = (register, target) => add(castTo(target, register), target, [register]);

    const addConstant = () => {
      const type = randomType();
      add(constant(type, canonicalElement(type)), type, []);
    };

    const addAny = (rule) => {
      if (rule.name === "CONST" || types.length === 0) return addConstant();
      if (rule.name === "INDEX") return axes === 0 ? addConstant() : add(index(next() % axes), INT64, []);
      if (rule.name === "CAST") return addCast(randomRegister(), pick(next, DATA_TYPES));
      if (rule.name === "SELECT") return addSelect();
      return rule.name === "WITHIN" ? addWithin() : addPlain(rule);
    };

    const least = types.length === 0 ? 1 : 0;
    many(count(least, 8), () => addAny(pick(next, PRIMITIVES)));

    const joining = PRIMITIVES.filter(({ name, arity }) => arity === 2 && name !== "WITHIN");
    while (unread.size > 1) {
      const [a, b] = unread;
      const type = types[a];
      if (types[b] !== type) addCast(b, type);
      else {
        const { name } = pick(
          next,
          joining.filter(({ resultType }) => resultType([type, type]) === type),
        );
        add(primitive(name, a, b), type, [a, b]);
      }
    }
    return { primitives, resultType: types.at(-1) };
  }

  function addFold() {
    const extents = randomExtents(0, 3, 12);
    const foldExtents = randomExtents(1, 3, LARGEST_FOLD_SPACE);
    const all = [...extents, ...foldExtents];
    const innermost = all.length - 1;
    const foldView = () => {
      const others = axesOf(all).filter((axis) => axis !== innermost);
      const outer = many(count(0, 2), () => randomAxis(all, others));
      const moved = others.filter(() => chance(25)).map((axis) => [axis, pick(next, [-1, 1, 1, 2])]);
      const last = viewAxis(foldExtents.at(-1) + count(-1, 4) + 1, [...moved, [innermost, 1]], {
        offset: count(-1, 1),
      });
      return [...outer, last];
    };
    const { name, types, resultType } = randomFold();
    const [a, b] = types.map((type) => [randomNode([type]), foldView()]);
    if (name !== "DOT") return model.fold(name, resultType, extents, foldExtents, ...a);
    const addend = chance(50) && nodesOf([resultType]).length > 0;
    return model.dot(
      resultType,
      extents,
      foldExtents,
      a,
      b,
      addend ? [randomNode([resultType]), randomView(extents)] : undefined,
    );
  }

  /** A fold, the types of its operands, which there are, and of its result. */
  function randomFold() {
    for (;;) {
      const { name, operands, fits } = pick(next, FOLDS);
      const ofNodes = DATA_TYPES.filter((type) => nodesOf([type]).length > 0).map((type) => [type]);
      const typeLists = operands === 1 ? ofNodes : ofNodes.flatMap(([a]) => ofNodes.map(([b]) => [a, b]));
      const choices = typeLists.flatMap((types) =>
        DATA_TYPES.filter((resultType) => fits(types, resultType)).map((resultType) => ({ name, types, resultType })),
      );
      if (choices.length > 0) return pick(next, choices);
    }
  }

  function addGather() {
    const extents = randomSpace();
    const view = many(count(1, 3), () => randomAxis(extents, axesOf(extents)));
    const axis = next() % view.length;
    view[axis] = viewAxis(count(2, 6));
    return model.gather(extents, [randomNode([INT32, INT64]), randomView(extents)], [randomNode(), view], axis);
  }

  addIndices();
  many(count(1, 4), addSource);
  const last = many(count(2, 6), () => pick(next, [addMap, addMap, addMap, addFold, addFold, addGather])()).at(-1);
  model.outputs = chance(50) ? [last] : [last, randomNode()];
  return model;
}
