// Helia reads from our gateway and writes to our store: node helia.js GATEWAY RPC FOLDER_ID
// Prints what it read and the root of what it wrote.
import assert from "node:assert/strict";
import { car } from "@helia/car";
import { withHTTP } from "@helia/http";
import { unixfs } from "@helia/unixfs";
import { CarBlockIterator } from "@ipld/car";
import { createHeliaLight } from "helia";
import { CID } from "multiformats/cid";
import { seededFile } from "../seededContent.js";

const [gateway, rpc, id] = process.argv.slice(2);
const folder = CID.parse(id);

const collected = async (pieces) => {
  const all = [];
  for await (const piece of pieces) all.push(piece);
  return all;
};
const bytes = async (pieces) => new Uint8Array(Buffer.concat(await collected(pieces)));

/** A node that knows nobody but the gateways given. They route nothing, but without a router Helia waits for one for ever. */
const node = (gateways) =>
  withHTTP(createHeliaLight(), {
    delegatedRouters: gateways,
    recursiveGateways: gateways,
    allowInsecure: true,
    allowLocal: true,
  });

/** Each entry's path and content, of all files below a directory. */
async function read(helia) {
  const files = unixfs(helia);
  const found = {};
  for await (const entry of files.ls(folder)) {
    if ((await files.stat(entry.cid)).type === "directory") {
      for await (const inner of files.ls(entry.cid)) {
        found[`${entry.name}/${inner.name}`] = await bytes(files.cat(inner.cid));
      }
    } else {
      found[entry.name] = await bytes(files.cat(folder, { path: entry.name }));
    }
  }
  return found;
}

const reading = await node([gateway]).start();
const fetched = await read(reading);
await reading.stop();

const offline = await node([]).start();
const answer = await fetch(`${gateway}/ipfs/${folder}?format=car`);
assert.equal(answer.status, 200);
assert.match(answer.headers.get("content-type"), /^application\/vnd\.ipld\.car; version=1/);
const archive = await CarBlockIterator.fromIterable(answer.body);
assert.deepEqual((await archive.getRoots()).map(String), [id]);
for await (const { cid, bytes: block } of archive) await offline.blockstore.put(cid, block);
assert.deepEqual(await read(offline), fetched);

const files = unixfs(offline);
let written = await files.addDirectory();
written = await files.cp(await files.addBytes(seededFile(8, 3_000_000)), written, "large");
const inner = await files.cp(await files.addBytes(seededFile(9, 5)), await files.addDirectory(), "small");
written = await files.cp(inner, written, "sub");
const form = new FormData();
form.append("file", new Blob(await collected(car(offline).export(written))));
const imported = await fetch(`${rpc}/api/v0/dag/import`, { method: "POST", body: form });
assert.equal(imported.status, 200, await imported.clone().text());
await offline.stop();

const read64 = Object.fromEntries(
  Object.entries(fetched).map(([path, content]) => [path, Buffer.from(content).toString("base64")]),
);
console.log(JSON.stringify({ fetched: read64, written: String(written) }));
