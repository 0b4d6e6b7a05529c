// Byte strings: big-endian numbers and hexadecimal text.

export const joined = (parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** The number modulo 2^(8·length), so that negative ones come out in two's complement. */
export function bytesOfNumber(value, length) {
  const bits = BigInt.asUintN(8 * length, BigInt(value));
  return bytesOfHex(bits.toString(16).padStart(2 * length, "0"));
}

export const numberOfBytes = (bytes) => bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n);

/** With or without 0x in front. */
export function bytesOfHex(hex) {
  const digits = hex.startsWith("0x") ? hex.slice(2) : hex;
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/.test(digits)) throw new Error(`not hexadecimal bytes: ${hex}`);
  return Uint8Array.from({ length: digits.length / 2 }, (_, place) =>
    Number.parseInt(digits.slice(2 * place, 2 * place + 2), 16),
  );
}

export const hexOfBytes = (bytes) => "0x" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
