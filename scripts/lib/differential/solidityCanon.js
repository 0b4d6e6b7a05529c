// The canon's contracts on a chain of Hardhat's in this process.
import { ContractFactory, Interface } from "ethers";
import { network } from "hardhat";

import { artifact } from "../artifact.js";
import { bytes, call, list, word } from "./encoding.js";

/** Enough for a batch of calls that each get 63/64 of what is left. */
const GAS = 10n ** 12n;

/** Deploys the canon, and what asks it many things in one call. */
export async function solidityCanon() {
  const { provider } = await network.create({
    network: "default",
    override: { blockGasLimit: GAS, transactionGasCap: false },
  });
  const [account] = await provider.request({ method: "eth_accounts" });
  const deploy = async (name, ...values) => {
    const { abi, bytecode } = artifact(name);
    const { data } = await new ContractFactory(abi, bytecode).getDeployTransaction(...values);
    const hash = await provider.request({ method: "eth_sendTransaction", params: [{ from: account, data }] });
    return (await provider.request({ method: "eth_getTransactionReceipt", params: [hash] })).contractAddress;
  };
  const functions = await deploy("CanonFunctions");
  const canon = await deploy("Canon", await deploy("CanonExpressions", functions));
  return new SolidityCanon(provider, canon, await deploy("CallBatch"));
}

class SolidityCanon {
  #selector = new Interface(artifact("CallBatch").abi).getFunction("ask").selector;

  constructor(provider, canon, batch) {
    this.provider = provider;
    this.canon = canon;
    this.batch = batch;
  }

  /** What becomes of each call: {returned, data}. */
  async ask(calls) {
    const asked = call(this.#selector, word(BigInt(this.canon)), list(calls.map((one) => bytes(one.bytes))));
    const data = `0x${Buffer.from(asked).toString("hex")}`;
    const transaction = { to: this.batch, data, gas: `0x${GAS.toString(16)}` };
    const answer = await this.provider.request({ method: "eth_call", params: [transaction, "latest"] });
    return outcomesOf(answer.slice(2));
  }
}

/** The outcomes that these digits, as CallBatch returns them, are made of. */
function outcomesOf(digits) {
  const numberAt = (place) => Number(`0x${digits.slice(2 * place, 2 * place + 64)}`);
  const first = numberAt(0) + 32;
  return Array.from({ length: numberAt(first - 32) }, (_, number) => {
    const outcome = first + numberAt(first + 32 * number);
    const data = outcome + numberAt(outcome + 32);
    return {
      returned: numberAt(outcome) === 1,
      data: `0x${digits.slice(2 * (data + 32), 2 * (data + 32 + numberAt(data)))}`,
    };
  });
}
