// What a transaction did, from what the chain has of it.

/** The arguments of a contract's event in a receipt, the first that fits. */
export function eventIn(receipt, contract, name, fits) {
  const events = receipt.logs
    .filter(({ address }) => address === contract.target)
    .map((log) => contract.interface.parseLog(log))
    .filter((event) => event?.name === name);
  return events.find(({ args }) => fits(args)).args;
}

/** What an account's balance in a contract grew by in a block. */
export async function creditedBy(block, contract, account) {
  const balanceAt = (blockTag) => contract.balanceOf(account, { blockTag });
  return (await balanceAt(block)) - (await balanceAt(block - 1));
}
