// Arguments of the ten functions: where their results change their kind, every binade, what is hard to round.

import { existsSync, readFileSync } from "node:fs";
import { float, floats } from "./decimals.js";
import { INFINITY, NOT_A_NUMBER, ONE, SIGN, canonicalFloat32 } from "../reference/float32.js";
import { nearestDyadic, nearestFloat32 } from "../reference/float32.js";
import { FUNCTIONS, circleConstant, evaluateFunction } from "../reference/functions.js";
import { composed, many, randomBetween, randomFloat32, randomOfExponents, randomWords } from "./random.js";
import { hexOfBits } from "./text.js";

const PRECISION = 320n;

export function functionGroups() {
  const hardInputs = readHardInputs();
  return FUNCTIONS.map((entry) => {
    const caseOf = (bits) => [hexOfBits(bits), hexOfBits(evaluateFunction(entry, canonicalFloat32(bits)))];
    return {
      name: entry.name,
      code: entry.code,
      cases: [...new Set(argumentsOf(entry))].map(caseOf),
      hard: (hardInputs[entry.name] ?? []).map((hex) => caseOf(Number.parseInt(hex, 16))),
    };
  });
}

function readHardInputs() {
  const file = new URL("../hard-inputs.json", import.meta.url);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

function argumentsOf(entry) {
  const next = randomWords(0x13579bdf + entry.code);
  const binades = many(255, (_, exponent) => composed(next() % 2, exponent, next() % 2 ** 23));
  const positive = binades.map((bits) => bits % SIGN);
  return [
    ...SPECIALS,
    ...turningPoints(entry),
    ...(entry.name === "LOG" ? positive : binades),
    ...many(20, () => randomOfExponents(next, 120, 134)),
    ...many(10, () => randomFloat32(next)),
    ...(MORE[entry.name] ?? (() => []))(next),
  ];
}

const around = (bits) => [-2, -1, 0, 1, 2].map((steps) => bits + steps).filter((near) => near % SIGN <= INFINITY);
const ofBothSigns = (list) => list.flatMap((bits) => [bits, SIGN + bits]);

const SPECIALS = [
  ...ofBothSigns([0x00000000, INFINITY, NOT_A_NUMBER, 0x7fc12345, 0x7f800001, 0x00000001, 0x00000002, 0x007fffff]),
  ...ofBothSigns([0x00800000, 0x00800001, 0x7f7fffff, 0x7f7ffffe, ONE - 1, ONE, ONE + 1]),
  ...ofBothSigns(floats("0.25 0.5 0.75 1.5 2 2.5 3 4 5 8 10 16 20 32 64 100 128 150 1e10")),
];

/**
 * Where, going out from zero, the result first is no longer what it is beside zero or no longer the argument, and where
 * it comes to what it is at the end, to zero, to a subnormal number; each with its neighbours.
 */
function turningPoints(entry) {
  const valueAt = (bits) => evaluateFunction(entry, bits);
  return [0, SIGN].flatMap((sign) => {
    const atStart = valueAt(sign + 1);
    const atEnd = valueAt(sign + INFINITY);
    const conditions = [
      (bits) => valueAt(bits) !== atStart,
      (bits) => valueAt(bits) !== bits,
      (bits) => valueAt(bits) === atEnd,
      (bits) => valueAt(bits) % SIGN < 0x00800000,
      (bits) => valueAt(bits) % SIGN >= 0x00800000,
    ];
    return conditions.flatMap((holds) => around(firstWhere((magnitude) => holds(sign + magnitude)) + sign));
  });
}

/** A magnitude at which a condition begins to hold; if it begins once, the one. */
function firstWhere(holds) {
  let before = 1;
  let from = INFINITY;
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (holds(middle)) from = middle;
    else before = middle;
  }
  return from;
}

const someBetween = (low, high, count) => (next) => many(count, () => randomBetween(next, float(low), float(high)));
const allOf =
  (...choices) =>
  (next) =>
    choices.flatMap((choose) => choose(next));

/** 2^-8 to 2^-30 and their neighbours, where e^x, cos x and others come close to half-way between two numbers. */
const smallPowers = () =>
  ofBothSigns(many(23, (_, step) => composed(0, 119 - step, 0)).flatMap((bits) => [bits, bits + 1]));

const MORE = {
  EXP: allOf(someBetween("-87.3", "-104", 30), someBetween("88", "88.8", 10), smallPowers),
  LOG: allOf(someBetween("0.99", "1.01", 30), () => many(20, (_, step) => ONE - 10 + step), smallPowers),
  TANH: allOf(someBetween("8", "9.1", 20), someBetween("-8", "-9.1", 10), smallPowers),
  ERF: allOf(someBetween("2", "4", 30), someBetween("-3", "-4", 20), smallPowers),
  SIGMOID: allOf(someBetween("-87.3", "-104", 30), someBetween("16", "17.5", 10), smallPowers),
  SIN: allOf(nearMultiples, hugeArguments, smallPowers),
  COS: allOf(nearMultiples, hugeArguments, smallPowers),
  ATAN: allOf(someBetween("1e7", "1e9", 20), someBetween("0.3", "3", 20), smallPowers),
  SINH: allOf(someBetween("88", "90", 20), someBetween("-88", "-90", 10), smallPowers),
  SOFTPLUS: allOf(someBetween("-87.3", "-104", 30), someBetween("15", "18", 20), smallPowers),
};

function hugeArguments(next) {
  return [...ofBothSigns(floats("1e22 1e30 3e38")), ...many(40, () => randomOfExponents(next, 150, 254))];
}

/** The float32 numbers next to small multiples of π/2, and for every exponent one that is next to nothing from one. */
function nearMultiples() {
  const rightAngle = circleConstant(PRECISION).low / 2n;
  const small = many(16, (_, place) => nearestFloat32(BigInt(place + 1) * rightAngle, 2n ** PRECISION));
  const large = many(127, (_, place) => nearMultipleOfExponent(place - 22, rightAngle));
  return [...small, ...large];
}

/**
 * A significand of 24 bits that makes significand · 2^exponent / (π/2) nearly whole: a multiple of a denominator in the
 * continued fraction of 2^exponent / (π/2).
 */
function nearMultipleOfExponent(exponent, rightAngle) {
  let dividend = exponent < 0 ? rightAngle * 2n ** BigInt(-exponent) : rightAngle;
  let divisor = (exponent < 0 ? 2n ** PRECISION : 2n ** (PRECISION + BigInt(exponent))) % dividend;
  let [previous, denominator] = [0n, 1n];
  for (;;) {
    const following = (dividend / divisor) * denominator + previous;
    if (following >= 2n ** 24n) break;
    [previous, denominator] = [denominator, following];
    [dividend, divisor] = [divisor, dividend % divisor];
  }
  const significand = denominator * ((2n ** 23n + denominator - 1n) / denominator);
  return nearestDyadic(significand, exponent);
}
