// Seeded tensors as NumPy files: the same on every machine.

const KINDS = {
  float32: { descriptor: "<f4", width: 4, write: (view, at, value) => view.setFloat32(at, value, true) },
  int64: { descriptor: "<i8", width: 8, write: (view, at, value) => view.setBigInt64(at, BigInt(value), true) },
  uint8: { descriptor: "|u1", width: 1, write: (view, at, value) => view.setUint8(at, value) },
};
const MAGIC = "\x93NUMPY\x01\x00";
const ALIGNMENT = 64;

/**
 * The bytes of a .npy file.
 *
 * @param tensor type and shape, as `opg model inspect` names them
 * @param range lowest and highest element; without it floats are about normal and bytes any
 */
export function randomTensor({ type, shape }, range, seed) {
  const kind = KINDS[type];
  if (!kind) throw new Error(`no random tensor of ${type} is written here`);
  const count = shape.reduce((product, size) => product * size, 1);
  const data = new DataView(new ArrayBuffer(count * kind.width));
  const next = uniform(seed);
  for (let index = 0; index < count; index++) {
    kind.write(data, index * kind.width, type === "float32" ? real(next, range) : integer(next, range));
  }
  return Buffer.concat([header(kind.descriptor, shape), Buffer.from(data.buffer)]);
}

function header(descriptor, shape) {
  const dictionary = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': (${shape.map((size) => `${size},`).join(" ")}), }`;
  const beside = MAGIC.length + 2 + 1;
  const padded = dictionary.padEnd(Math.ceil((dictionary.length + beside) / ALIGNMENT) * ALIGNMENT - beside) + "\n";
  const length = Buffer.alloc(2);
  length.writeUInt16LE(padded.length);
  return Buffer.concat([Buffer.from(MAGIC, "latin1"), length, Buffer.from(padded, "latin1")]);
}

/** Evenly from a range, or the sum of twelve even numbers: about normal, and no function that machines round differently. */
function real(next, range) {
  if (range) return range[0] + next() * (range[1] - range[0]);
  let sum = -6;
  for (let term = 0; term < 12; term++) sum += next();
  return sum;
}

const integer = (next, [low, high] = [0, 255]) => low + Math.floor(next() * (high - low + 1));

/** Numbers from 0 to below 1 by a Weyl sequence whose words are mixed (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014). */
function uniform(seed) {
  let state = BigInt.asUintN(64, BigInt(seed));
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let word = BigInt.asUintN(64, (state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n);
    word = BigInt.asUintN(64, (word ^ (word >> 27n)) * 0x94d049bb133111ebn);
    return Number((word ^ (word >> 31n)) >> 11n) / 2 ** 53;
  };
}
