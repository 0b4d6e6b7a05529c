import { chmodSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { returns } from "./volatility.js";

const ROOT = resolve(import.meta.dirname, "../../..");

/**
 * Makes what a second terminal needs to use a demo's network, and says how.
 *
 * @param commands to try
 */
export async function explainWhatToTry({ network, consumer, telling }, commands) {
  const { directory } = network;
  const { folder } = await network.fundedParty("requester", { "store.sources": network.store });
  writeFileSync(
    join(directory, "returns.json"),
    `${JSON.stringify([returns().map((value) => Number(value) / 1e18)])}\n`,
  );
  const script = (name, command) => {
    const path = join(directory, "bin", name);
    writeFileSync(path, `#!/bin/sh\nexec ${command} "$@"\n`);
    chmodSync(path, 0o755);
  };
  network.makeFolder("bin");
  script("opg", join(ROOT, "scripts/opg"));
  script(
    "faucet",
    `${process.execPath} ${join(ROOT, "scripts/lib/faucet.js")} ${network.rpc} ${join(directory, "deployment.json")}`,
  );
  const environment = { OPG_DEMO: directory, OPG_RPC: network.rpc, OPG_STORE: network.store };
  const lines = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
  writeFileSync(
    join(directory, "environment"),
    `${lines.join("\n")}\nexport PATH='${join(directory, "bin")}':"$PATH"\n`,
  );
  telling.say(`
Try next, in a second terminal:

  source ${join(directory, "environment")}
  cd ${folder}
${commands.map((command) => `  ${command}`).join("\n")}

docs/guide-dapp.md, docs/guide-operator.md and docs/guide-watcher.md go on from here. The consumer is ${consumer.target}.`);
}
