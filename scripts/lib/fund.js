import { parseEther } from "ethers";

import { contractsOf } from "./deployment.js";

/**
 * Gives an account 10 of the chain's coin and so much $OPG, of what the node's first account has.
 *
 * @param opg a decimal number
 */
export async function fund(provider, deployment, address, opg) {
  const treasury = await provider.getSigner(0);
  const { token } = contractsOf(deployment, treasury);
  await (await treasury.sendTransaction({ to: address, value: parseEther("10") })).wait();
  await (await token.transfer(address, parseEther(opg))).wait();
}
