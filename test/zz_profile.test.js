import { network } from "hardhat";
import { readFileSync, readdirSync } from "node:fs";
import { deployCanon } from "./support/canon.js";
import { measuredSteps } from "./gas/canonSteps.js";
const { ethers, networkHelpers } = await network.getOrCreate();
const art = JSON.parse(readFileSync("artifacts/contracts/canon/Canon.sol/Canon.json"));
const infoId = art.buildInfoId;
const input = JSON.parse(readFileSync(`artifacts/build-info/${infoId}.json`)).input;
const output = JSON.parse(readFileSync(`artifacts/build-info/${infoId}.output.json`)).output;
const find = (n) => { for (const [f, cs] of Object.entries(output.contracts)) if (cs[n] && f.includes("contracts/canon")) return cs[n]; };
const ids = {}; for (const [f, s] of Object.entries(output.sources)) ids[s.id] = f;
function pcs(c) {
  const code = Buffer.from(c.evm.deployedBytecode.object.replace(/^0x/, ""), "hex");
  const map = c.evm.deployedBytecode.sourceMap.split(";"); const by = {}; let i = 0; let cur = ["", "", ""];
  for (let pc = 0; pc < code.length && i < map.length; i++) { const p = map[i].split(":"); for (let k = 0; k < 3; k++) if (p[k]) cur[k] = p[k]; by[pc] = [...cur]; const op = code[pc]; pc += op >= 0x60 && op <= 0x7f ? op - 0x5e : 1; }
  return by;
}
const fns = {};
for (const [f, s] of Object.entries(output.sources)) { const l = []; (function walk(n, name) { if (!n || typeof n !== "object") return; if (n.nodeType === "FunctionDefinition") { const [a, b] = n.src.split(":").map(Number); l.push([a, a + b, n.name]); } for (const k of Object.values(n)) if (Array.isArray(k)) k.forEach((x) => walk(x)); else if (k && typeof k === "object") walk(k); })(s.ast); fns[s.id] = l; }
describe("profile", () => {
  for (const [name, asked] of Object.entries(measuredSteps())) {
    if (!new RegExp(process.env.P ?? "4,608 terms$").test(name)) continue;
    it(name, async () => {
      const { canon } = await networkHelpers.loadFixture(deployCanon);
      const [s] = await ethers.getSigners();
      const data = canon.interface.encodeFunctionData("step", [asked]);
      const sent = await s.sendTransaction({ to: canon, data });
      const trace = await ethers.provider.send("debug_traceTransaction", [sent.hash, { disableStorage: true, disableMemory: true, disableStack: true }]);
      const by = pcs(find("Canon")); const sum = {}; let total = 0;
      for (let i = 0; i < trace.structLogs.length; i++) { const l = trace.structLogs[i]; if (l.depth !== 1) continue; const c = Number(l.gasCost); 
        const m = by[l.pc] ?? ["0", "0", "-1"]; const f = (fns[m[2]] ?? []).find(([a, b]) => +m[0] >= a && +m[0] < b); const key = l.op === "STATICCALL" ? "STATICCALL" : `${(ids[m[2]] ?? "gen").split("/").pop()}:${f?.[2] ?? "-"}`;
        sum[key] = (sum[key] ?? 0) + c; total += c; }
      console.log(total, trace.gas); for (const [k, v] of Object.entries(sum).sort((a, b) => b[1] - a[1]).slice(0, 25)) console.log(String(v).padStart(9), k);
    });
  }
});
