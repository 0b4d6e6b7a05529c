// An EVM that neither Hardhat nor Besu is made of, in which the byte core is a precompile.
import { Common, Hardfork, Mainnet } from "@ethereumjs/common";
import { EVMError, createEVM } from "@ethereumjs/evm";
import { Account, bytesToHex, createAddressFromString, hexToBytes } from "@ethereumjs/util";

import { byteCore } from "../../../../scripts/lib/differential/byteCore.js";
import { PRECOMPILE } from "../../../../scripts/lib/canonChoice.js";

const SENDER = createAddressFromString(`0x${"5e".repeat(20)}`);
const GAS = 2n ** 30n;
const OUT_OF_GAS = EVMError.errorMessages.OUT_OF_GAS;
const REVERT = EVMError.errorMessages.REVERT;
/** As a genesis file has it: a high-level call asks for code, and a node without the plugin fails loudly. */
const RESERVED = Uint8Array.of(0xfe);

/** An EVM at its latest fork. The code of the precompile's account is there; with a core it is the core that answers. */
export async function otherEvm({ withCore }) {
  const core = withCore ? byteCore() : undefined;
  const evm = await createEVM({
    common: new Common({ chain: Mainnet, hardfork: Hardfork.Osaka }),
    customPrecompiles: core === undefined ? [] : [{ address: PRECOMPILE, function: precompileOf(core) }],
  });
  await evm.stateManager.putAccount(SENDER, new Account());
  await evm.stateManager.putCode(createAddressFromString(PRECOMPILE), RESERVED);
  return new OtherEvm(evm, core);
}

/** Charges what the core says, and gives all gas away where that is more than there is. */
const precompileOf =
  (core) =>
  async ({ data, gasLimit }) => {
    const [{ returned, gas, data: answer }] = await core.ask([{ bytes: data }]);
    const nothing = new Uint8Array(0);
    if (gas > gasLimit) {
      return { returnValue: nothing, executionGasUsed: gasLimit, exceptionError: new EVMError(OUT_OF_GAS) };
    }
    const outcome = { returnValue: hexToBytes(answer), executionGasUsed: gas };
    return returned ? outcome : { ...outcome, exceptionError: new EVMError(REVERT) };
  };

/** As much of a provider as the choice of a canon takes, and calls and deployments whose gas is told. */
class OtherEvm {
  constructor(evm, core) {
    this.evm = evm;
    this.core = core;
  }

  close() {
    this.core?.close();
  }

  async getCode(address) {
    return bytesToHex(await this.evm.stateManager.getCode(createAddressFromString(address)));
  }

  async send(method, [{ to, data }]) {
    if (method !== "eth_call") throw new Error(`no ${method} here`);
    const { returned, data: answer } = await this.call(to, data);
    if (!returned) throw Object.assign(new Error("execution reverted"), { code: 3, data: answer });
    return answer;
  }

  /** {returned, data, gas}: what becomes of a call, and the gas that its execution takes. */
  async call(to, data) {
    return this.#run({ to: createAddressFromString(to), data: hexToBytes(data) });
  }

  /** Deploys a contract by the data that do it; gives its address. */
  async deploy(data) {
    const { returned, address, ...outcome } = await this.#run({ data: hexToBytes(data) });
    if (!returned) throw Object.assign(new Error(`not deployed: ${outcome.data}`), { data: outcome.data });
    return address;
  }

  async #run(message) {
    const { execResult, createdAddress } = await this.evm.runCall({ caller: SENDER, gasLimit: GAS, ...message });
    return {
      returned: execResult.exceptionError === undefined,
      data: bytesToHex(execResult.returnValue),
      gas: Number(execResult.executionGasUsed),
      address: createdAddress?.toString(),
    };
  }
}
