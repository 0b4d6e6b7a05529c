/** Has a chain of Hardhat's stand at an instant at least, as if the time till then had passed. */
export async function passUntil(provider, instant) {
  for (;;) {
    const { timestamp } = await provider.getBlock("latest");
    if (timestamp >= instant) return;
    await provider.send("evm_increaseTime", [instant - timestamp]);
    await provider.send("evm_mine", []);
  }
}
