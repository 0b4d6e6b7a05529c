// Money on a demo network: faucet.js RPC DEPLOYMENT ADDRESS OPG gives 10 of the chain's coin and so much $OPG.
import { readFileSync } from "node:fs";
import { JsonRpcProvider, isAddress } from "ethers";

import { fund } from "./fund.js";

const [rpc, deployment, address, amount] = process.argv.slice(2);
if (!isAddress(address) || !/^\d+(\.\d{1,18})?$/.test(amount ?? "")) {
  console.error("usage: faucet ADDRESS OPG");
  process.exit(2);
}
const provider = new JsonRpcProvider(rpc, undefined, { pollingInterval: 100 });
await fund(await provider.getSigner(0), JSON.parse(readFileSync(deployment, "utf8")), address, amount);
console.log(`${address} got 10 of the chain's coin and ${amount} OPG`);
provider.destroy();
