// The lines of canon/vectors/calls.txt: a call of the canon, and what becomes of it.
//
//   operation|outcome|returned or reverted|bytes of the call|bytes of the answer
//
// Bytes are hexadecimal, and [n] stands for n bytes of zero.

/** @param bytes of the call; answer: {returned, data} */
export const lineOf = (operation, outcome, bytes, { returned, data }) =>
  [
    operation,
    outcome,
    returned ? "returned" : "reverted",
    shortened(bytes),
    shortened(Buffer.from(data.slice(2), "hex")),
  ].join("|");

/** {operation, outcome, bytes, answer: {returned, data}} */
export function readLine(line) {
  const [operation, outcome, returned, call, data] = line.split("|");
  return {
    operation,
    outcome,
    bytes: new Uint8Array(Buffer.from(expanded(call), "hex")),
    answer: { returned: returned === "returned", data: `0x${expanded(data)}` },
  };
}

function shortened(bytes) {
  let digits = "";
  let zeros = 0;
  const endZeros = () => {
    digits += zeros < 4 ? "00".repeat(zeros) : `[${zeros}]`;
    zeros = 0;
  };
  for (const byte of bytes) {
    if (byte === 0) {
      zeros++;
      continue;
    }
    endZeros();
    digits += byte.toString(16).padStart(2, "0");
  }
  endZeros();
  return digits;
}

const expanded = (digits) => digits.replaceAll(/\[(\d+)\]/g, (_, zeros) => "00".repeat(Number(zeros)));
