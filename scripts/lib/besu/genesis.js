// The genesis file of a QBFT network whose rules have the canon's precompile.
import { encodeRlp, toBeHex, zeroPadValue } from "ethers";

import { PRECOMPILE } from "../canonChoice.js";

export const CHAIN_ID = 20_297;
const BLOCK_SECONDS = 1;
const ROUND_SECONDS = 4;
const GAS_LIMIT = 60_000_000;
const VANITY = zeroPadValue("0x", 32);
/** "Byzantine fault tolerance", by which Besu knows such blocks. */
const MIX_HASH = "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365";
/** INVALID: on a node without the plugin a call fails, and takes all its gas. */
const RESERVED = "0xfe";
const RICH = 10n ** 24n;

/**
 * @param validators addresses
 * @param rich an account that has coin
 * @param activation block from which on the precompile answers
 * @param specVersion of the canon that it computes by
 * @param reserved whether the precompile has its account
 */
export function genesis({ validators, rich, activation = 0, specVersion = 1, reserved = true }) {
  const ascending = [...validators].map((address) => address.toLowerCase()).sort();
  return {
    config: {
      chainId: CHAIN_ID,
      berlinBlock: 0,
      londonBlock: 0,
      shanghaiTime: 0,
      cancunTime: 0,
      pragueTime: 0,
      osakaTime: 0,
      zeroBaseFee: true,
      qbft: { blockperiodseconds: BLOCK_SECONDS, epochlength: 30_000, requesttimeoutseconds: ROUND_SECONDS },
    },
    nonce: "0x0",
    timestamp: "0x0",
    gasLimit: toBeHex(GAS_LIMIT),
    difficulty: "0x1",
    mixHash: MIX_HASH,
    coinbase: "0x0000000000000000000000000000000000000000",
    // Vanity, validators, no votes, round 0, no seals.
    extraData: encodeRlp([VANITY, ascending, [], "0x", []]),
    alloc: {
      [rich.slice(2)]: { balance: toBeHex(RICH) },
      ...(reserved ? { [PRECOMPILE.slice(2)]: account(activation, specVersion) } : {}),
    },
  };
}

const account = (activation, specVersion) => ({
  balance: "0x0",
  code: RESERVED,
  storage: { [slot(0)]: slot(activation), [slot(1)]: slot(specVersion) },
});

const slot = (number) => toBeHex(number, 32);
