package ai.opengradient.besu.plugin;

import ai.opengradient.canon.program.Caps;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.units.bigints.UInt256;
import org.hyperledger.besu.datatypes.Address;
import org.hyperledger.besu.evm.account.Account;
import org.hyperledger.besu.evm.worldstate.WorldView;

/**
 * What a network's genesis file says about the canon. Any later state says the same: code 0xfe
 * never writes its account's storage, and nobody has a key for the address.
 *
 * @param activationBlock from which on the precompile answers
 */
record NetworkRules(long activationBlock) {
  /** A node without the plugin that meets a call fails loudly; callers find code at the address. */
  private static final Bytes CODE = Bytes.of(0xfe);

  private static final UInt256 ACTIVATION_BLOCK = UInt256.ZERO;
  private static final UInt256 SPEC_VERSION = UInt256.ONE;

  /**
   * Reads the canon's account.
   *
   * @throws StartRefused if it isn't there, or says what this plugin can't keep to
   */
  static NetworkRules read(WorldView state) {
    Account account = state.get(Address.fromHexString(CanonContract.ADDRESS));
    if (account == null) {
      throw new StartRefused.NotInGenesis("there is no account");
    }
    if (!account.getCode().equals(CODE)) {
      throw new StartRefused.NotInGenesis("there is the code " + account.getCode());
    }
    UInt256 version = account.getStorageValue(SPEC_VERSION);
    if (version.isZero()) {
      throw new StartRefused.NotInGenesis("there is no spec version (slot 1)");
    }
    if (!version.equals(UInt256.valueOf(Caps.SPEC_VERSION))) {
      throw new StartRefused.OtherVersion(version.toBigInteger().toString(), Caps.SPEC_VERSION);
    }
    UInt256 activation = account.getStorageValue(ACTIVATION_BLOCK);
    if (!activation.fitsLong()) {
      throw new StartRefused.NoActivationBlock(activation.toBigInteger().toString());
    }
    return new NetworkRules(activation.toLong());
  }
}
