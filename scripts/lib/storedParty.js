// Parties whose stores others can read: files, inputs, outputs.

/** Where the stores of parties with these names will be: name, ports, source for others. */
export async function storesOf(network, ...names) {
  const ports = await network.ports(2 * names.length);
  return names.map((name, index) => {
    const [gateway, rpc] = ports.slice(2 * index);
    return { name, gateway, rpc, source: `gateway:http://127.0.0.1:${gateway}` };
  });
}

/**
 * Makes a party with money and starts its store.
 *
 * @param store one of storesOf
 * @param settings further lines of its configuration
 */
export async function storedParty(network, { name, gateway, rpc }, settings) {
  const ports = { "store.gateway-port": gateway, "store.rpc-port": rpc };
  const party = await network.fundedParty(name, { ...ports, ...settings });
  await network.startStore(party.folder, rpc, `${name}-store`);
  return party;
}
