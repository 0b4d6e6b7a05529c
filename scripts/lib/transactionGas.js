// What a transaction's gas goes into, by EIP-2028 and EIP-7623.
import { getBytes } from "ethers";

export const TRANSACTION_GAS = 21_000;

const [ZERO_BYTE, OTHER_BYTE] = [4, 16];
const [LEAST_ZERO_BYTE, LEAST_OTHER_BYTE] = [10, 40];

/** The gas of calldata beside execution, and the least that a transaction with them pays for calldata and execution together. */
export function calldataGas(data) {
  const bytes = getBytes(data);
  const zeros = bytes.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  const others = bytes.length - zeros;
  return {
    calldata: ZERO_BYTE * zeros + OTHER_BYTE * others,
    least: LEAST_ZERO_BYTE * zeros + LEAST_OTHER_BYTE * others,
  };
}

/**
 * The parts of what a transaction to a contract used. Execution is nothing where calldata had their least price: then the receipt doesn't tell it, and
 * the total is more than the parts.
 */
export function gasParts(data, total) {
  const { calldata, least } = calldataGas(data);
  const isLeast = total === TRANSACTION_GAS + least;
  return { execution: isLeast ? undefined : total - TRANSACTION_GAS - calldata, calldata, total };
}
