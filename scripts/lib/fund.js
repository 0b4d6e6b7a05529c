import { parseEther } from "ethers";

import { contractsOf } from "./deployment.js";

/**
 * Gives an account 10 of the chain's coin and so much $OPG.
 *
 * @param treasury a signer that has both
 * @param opg a decimal number
 */
export async function fund(treasury, deployment, address, opg) {
  const { token } = contractsOf(deployment, treasury);
  await (await treasury.sendTransaction({ to: address, value: parseEther("10") })).wait();
  await (await token.transfer(address, parseEther(opg))).wait();
}
