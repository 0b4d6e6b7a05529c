// The dApp of the demo: a contract that sets a swap fee by the volatility which a model expects.
import { join, resolve } from "node:path";
import { ContractFactory, parseEther } from "ethers";

import { artifact } from "../artifact.js";

export const MODEL = join(resolve(import.meta.dirname, "../../.."), "example-models/models/volatility.onnx");
export const BAND = "volatility=0,2e-6"; // what opg model calibrate proposes
export const MAX_FEE = "3"; // $OPG
export const FUNDS = "100";

const WINDOW = 32; // returns that the model looks at
const CALLBACK_GAS = 120_000;

/** Daily returns of a price that has become restless, 18 decimals. */
export function returns() {
  return Array.from({ length: WINDOW }, (_, day) => {
    const size = 40n + 8n * BigInt(day); // hundredths of a percent
    return (day % 3 === 1 ? -size : size) * 10n ** 14n;
  });
}

/** Deploys the contract with money and returns to ask about. */
export async function deployConsumer({ treasury, token, market }, version, telling) {
  const { abi, bytecode } = artifact("VolatilityFee");
  const consumer = await new ContractFactory(abi, bytecode, treasury).deploy(
    {
      market: market.target,
      token: token.target,
      owner: treasury.address,
      version,
      binding: 0,
      acceptUndisputable: false,
      callbackGas: CALLBACK_GAS,
      bond: 0,
    },
    WINDOW,
    { lowest: 500, highest: 10_000, perVolatility: 100_000 },
  );
  await consumer.waitForDeployment();
  await (await token.transfer(consumer, parseEther(FUNDS))).wait();
  for (const value of returns()) await (await consumer.recordReturn(value)).wait();
  telling.tell(
    "A contract that asks",
    `VolatilityFee at ${consumer.target}: it sets a swap fee by the volatility that the model expects`,
    `it has recorded ${WINDOW} returns, holds ${FUNDS} OPG, and its fee is ${await consumer.fee()} millionths`,
  );
  return consumer;
}
