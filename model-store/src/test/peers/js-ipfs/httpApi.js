// Runs js-ipfs with its HTTP API on loopback, alone: node httpApi.js REPOSITORY
// Prints the API's address and runs until it is stopped.
import { create } from "ipfs-core";
import { HttpApi } from "ipfs-http-server";

const ANY_PORT = "/ip4/127.0.0.1/tcp/0";

const ipfs = await create({
  repo: process.argv[2],
  silent: true,
  offline: true,
  start: false,
  init: { emptyRepo: true, algorithm: "Ed25519" },
  preload: { enabled: false },
  config: {
    Addresses: { Swarm: [], API: ANY_PORT, RPC: ANY_PORT, Gateway: ANY_PORT, Delegates: [] },
    Bootstrap: [],
    Discovery: { MDNS: { Enabled: false }, webRTCStar: { Enabled: false } },
  },
});
const api = new HttpApi(ipfs);
await api.start();
console.log(api._apiServers[0].info.uri);
