// Programs and their files: section 10. A program is { descriptors, outputs }, valid or not.

import { bytesOfNumber, joined } from "./bytes.js";
import { BOOL } from "./dataTypes.js";
import { NODES, NotValid, Reader, ensure, operandsOf, readDescriptor } from "./descriptors.js";

export const SPEC_VERSION = 1;

const OUTPUTS = 16;

const unsigned32 = (value) => bytesOfNumber(value, 4);

export const programFile = ({ descriptors, outputs }) =>
  joined([
    [SPEC_VERSION],
    unsigned32(descriptors.length),
    ...descriptors.flatMap((descriptor) => [bytesOfNumber(descriptor.length, 2), descriptor]),
    [outputs.length],
    ...outputs.map(unsigned32),
  ]);

/** The program of a file that is framed as it should be, whatever its descriptors say. */
export function readProgramFile(bytes) {
  const reader = new Reader(bytes);
  ensure(reader.unsigned8() === SPEC_VERSION, "another version");
  const descriptors = [];
  for (let left = reader.unsigned32(); left > 0n; left--) descriptors.push(reader.take(reader.unsigned16()));
  const outputs = Array.from({ length: reader.unsigned8() }, () => Number(reader.unsigned32()));
  reader.finish();
  return { descriptors, outputs };
}

/** The nodes of a valid program; throws NotValid for any other one. */
export function readProgram({ descriptors, outputs }) {
  ensure(descriptors.length >= 1 && descriptors.length <= NODES, `${descriptors.length} nodes`);
  const nodes = descriptors.map(readDescriptor);
  for (const operand of nodes.flatMap(operandsOf)) {
    ensure(nodes[operand.node].type === operand.type, `node ${operand.node} has another type`);
  }
  ensure(outputs.length >= 1 && outputs.length <= OUTPUTS, `${outputs.length} outputs`);
  ensure(
    outputs.every((output) => output < nodes.length),
    "an output that is no node",
  );
  if (nodes.some(({ kind }) => kind === "CLAIM")) {
    ensure(outputs.length === 1, "a verdict program of several outputs");
    const verdict = nodes[outputs[0]];
    ensure(verdict.type === BOOL && verdict.count === 1, "a verdict that is not one bool");
  }
  return nodes;
}

export function isValidProgramFile(bytes) {
  try {
    readProgram(readProgramFile(bytes));
    return true;
  } catch (error) {
    if (error instanceof NotValid) return false;
    throw error;
  }
}
