import hardhatEthers from "@nomicfoundation/hardhat-ethers";
import hardhatEthersChaiMatchers from "@nomicfoundation/hardhat-ethers-chai-matchers";
import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import hardhatNetworkHelpers from "@nomicfoundation/hardhat-network-helpers";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

// scripts/test --long
const long = Boolean(process.env.OPG_LONG);

const compiler = (settings) => ({
  version: "0.8.37",
  // The compiler of the npm package: nothing is downloaded at build time.
  path: require.resolve("solc/soljson.js"),
  settings: {
    evmVersion: "osaka",
    optimizer: { enabled: true, runs: 200 },
    ...settings,
  },
});

export default {
  plugins: [hardhatEthers, hardhatEthersChaiMatchers, hardhatMocha, hardhatNetworkHelpers],
  solidity: {
    npmFilesToBuild: ["@openzeppelin/contracts/governance/TimelockController.sol"],
    profiles: {
      default: compiler({}),
      production: compiler({ viaIR: true }),
    },
  },
  networks: {
    default: {
      type: "edr-simulated",
      chainType: "l1",
      hardfork: "osaka",
    },
  },
  paths: {
    tests: { mocha: "test", solidity: "test/solidity" },
  },
  test: {
    mocha: { timeout: 60_000 },
    solidity: {
      fuzz: { runs: long ? 10_000 : 256, seed: "0x09c0de" },
      // A million calls for each invariant.
      invariant: { runs: long ? 16_384 : 64, depth: 64, failOnRevert: false },
    },
  },
};
