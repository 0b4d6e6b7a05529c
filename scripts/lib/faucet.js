// Money on a demo network: faucet.js RPC DEPLOYMENT ADDRESS OPG gives 10 of the chain's coin and so much $OPG.
import { readFileSync } from "node:fs";
import { Contract, JsonRpcProvider, isAddress, parseEther } from "ethers";

import { artifact } from "./deployment.js";

const [rpc, deployment, address, amount] = process.argv.slice(2);
if (!isAddress(address) || !/^\d+(\.\d{1,18})?$/.test(amount ?? "")) {
  console.error("usage: faucet ADDRESS OPG");
  process.exit(2);
}
const provider = new JsonRpcProvider(rpc, undefined, { pollingInterval: 100 });
const treasury = await provider.getSigner(0);
const token = new Contract(JSON.parse(readFileSync(deployment, "utf8")).token, artifact("OPG").abi, treasury);
await (await treasury.sendTransaction({ to: address, value: parseEther("10") })).wait();
await (await token.transfer(address, parseEther(amount))).wait();
console.log(`${address} got 10 of the chain's coin and ${amount} OPG`);
provider.destroy();
