// The official client of Kubo's RPC works with our store: node kuboRpcClient.js RPC OTHER_RPC
// Prints the roots that it has left in the first store, pinned; fails where something comes back otherwise than it went in.
import assert from "node:assert/strict";
import { create } from "kubo-rpc-client";
import { seededFile } from "../seededContent.js";

const [rpc, otherRpc] = process.argv.slice(2);
const ipfs = create({ url: `${rpc}/api/v0` });
const other = create({ url: `${otherRpc}/api/v0` });

const collected = async (pieces) => {
  const all = [];
  for await (const piece of pieces) all.push(piece);
  return all;
};
const bytes = async (pieces) => new Uint8Array(Buffer.concat(await collected(pieces)));
const texts = (ids) => ids.map(String).sort();
const pinned = async (client) => texts((await collected(client.pin.ls())).map(({ cid }) => cid));

const content = seededFile(1, 2_500_000);
const file = await ipfs.add(content);
assert.deepEqual(await bytes(ipfs.cat(file.cid)), content);
assert.deepEqual(
  await bytes(ipfs.cat(file.cid, { offset: 1_048_000, length: 2_000 })),
  content.slice(1_048_000, 1_050_000),
);

const parts = {
  "model/model.onnx": seededFile(2, 1_000),
  "model/weights/a 1.bin": seededFile(3, 1_100_000),
  "model/weights/模型.bin": seededFile(4, 10),
};
const sources = Object.entries(parts).map(([path, part]) => ({ path, content: part }));
const added = await collected(ipfs.addAll([...sources, { path: "model/empty" }]));
const folder = added.at(-1);
assert.equal(folder.path, "model");
for (const [path, part] of Object.entries(parts)) {
  assert.deepEqual(await bytes(ipfs.cat(`${folder.cid}/${path.slice("model/".length)}`)), part);
}
const listed = await collected(ipfs.ls(folder.cid));
assert.deepEqual(
  listed.map(({ name, type, size }) => [name, type, size]),
  [
    ["empty", "dir", 0],
    ["model.onnx", "file", 1_000],
    ["weights", "dir", 0],
  ],
);
const wrapped = (await collected(ipfs.addAll(sources.slice(0, 1), { wrapWithDirectory: true, pin: false }))).at(-1);
assert.equal(wrapped.path, "");
assert.deepEqual(
  (await collected(ipfs.ls(wrapped.cid))).map(({ name }) => name),
  ["model"],
);
assert.deepEqual(await pinned(ipfs), texts([file.cid, folder.cid]));

const leaf = await ipfs.block.put(seededFile(5, 99), { format: "raw", mhtype: "sha2-256", version: 1 });
assert.deepEqual(new Uint8Array(await ipfs.block.get(leaf)), seededFile(5, 99));
assert.equal((await ipfs.block.stat(leaf)).size, 99);
await ipfs.pin.add(leaf);
assert.deepEqual(await pinned(ipfs), texts([file.cid, folder.cid, leaf]));
await ipfs.pin.rm(leaf);
assert.deepEqual(await pinned(ipfs), texts([file.cid, folder.cid]));

const archive = await bytes(ipfs.dag.export(folder.cid));
const roots = await collected(other.dag.import([archive]));
assert.deepEqual(texts(roots.map(({ root }) => root.cid)), texts([folder.cid]));
assert.deepEqual(roots[0].root.pinErrorMsg, "");
assert.deepEqual(await bytes(other.cat(`${folder.cid}/weights/a 1.bin`)), parts["model/weights/a 1.bin"]);
assert.deepEqual(await pinned(other), texts([folder.cid]));
await assert.rejects(collected(other.dag.import([archive.slice(0, 100_000)])), /cut off/);
await assert.rejects(bytes(other.cat(file.cid)), /does not have block/);
await assert.rejects(collected(ipfs.addAll([{ path: "a/../b", content }])), /can't be an entry/);

console.log(JSON.stringify({ file: String(file.cid), folder: String(folder.cid) }));
