// What calls cost that the canon in Solidity answers: solidityGas.js FILE, a line "name, tab, hexadecimal digits" for each call.
// Prints one line of JSON: the gas of each call's execution, without calldata and the transaction itself.
import { readFileSync } from "node:fs";
import { network } from "hardhat";
import { deployCanon } from "../../test/support/canon.js";

// A megabyte of calldata takes more than a transaction may: it is asked for as if there were no cap.
const GAS = 2 ** 30;
const UNTRACED = { disableMemory: true, disableStack: true, disableStorage: true };

const connection = await network.create({ override: { transactionGasCap: GAS, blockGasLimit: 2 * GAS } });
const { canon } = await deployCanon(connection);
const to = await canon.getAddress();

const execution = {};
for (const line of readFileSync(process.argv[2], "utf8").trim().split("\n")) {
  const [name, call] = line.split("\t");
  const asked = { to, data: `0x${call}`, gas: `0x${GAS.toString(16)}` };
  const { structLogs } = await connection.provider.send("debug_traceCall", [asked, "latest", UNTRACED]);
  // The last instruction is free.
  execution[name] = structLogs[0].gas - structLogs.at(-1).gas;
}
console.log(JSON.stringify({ solidity: execution }));
