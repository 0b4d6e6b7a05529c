const KINDS = {
  float32: { descriptor: "<f4", width: 4, write: (view, at, value) => view.setFloat32(at, value, true) },
  int64: { descriptor: "<i8", width: 8, write: (view, at, value) => view.setBigInt64(at, BigInt(value), true) },
  uint8: { descriptor: "|u1", width: 1, write: (view, at, value) => view.setUint8(at, value) },
};
const MAGIC = "\x93NUMPY\x01\x00";
const ALIGNMENT = 64;

/**
 * The bytes of a .npy file, version 1.0.
 *
 * @param tensor type and shape, as `opg model inspect` names them
 * @param elements row by row
 */
export function numpyFile({ type, shape }, elements) {
  const kind = KINDS[type];
  if (!kind) throw new Error(`a file of ${type} is not written here; there are ${Object.keys(KINDS).join(", ")}`);
  const data = new DataView(new ArrayBuffer(elements.length * kind.width));
  elements.forEach((element, index) => kind.write(data, index * kind.width, element));
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
