package ai.opengradient.worker.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.worker.chain.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeystoreTest {

  private static final String PASSWORD = "correct horse battery staple";

  /** Written by ethers 6.17.0, with the password testpassword. */
  private static final String FROM_ETHERS =
      """
      {"address":"008aeeda4d805471df9b2a5b0f38a0c3bcba786b","id":"794d9317-07ba-42d4-a5fd-0b812e8bbf6e",
      "version":3,"Crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"9c9186431ca14cd5bf66809d3ff6ea19"},
      "ciphertext":"06520fa35350769269f80586a3bc928bd5aeaf3f19121bb7d6e9f6340b5c70c5","kdf":"scrypt",
      "kdfparams":{"salt":"e55666855bb1af74182f08a0394a5cbd44fd0e49ddd5dbfda643c24b95be6afd",
      "n":4096,"dklen":32,"p":1,"r":8},
      "mac":"f1dbf2891c000ca4ece3c465da512315b5452294d06190bf7cf5f7c58cca5a0d"}}
      """;

  private static final Address OF_ETHERS =
      new Address("0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b");

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("key.json");
  }

  private void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void a_new_key_opens_with_its_password_only() throws IOException {
    Signer made = Keystore.create(file, PASSWORD);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).contains("\"version\":3", "\"n\":262144");
    assertThat(Keystore.load(file, PASSWORD).address()).isEqualTo(made.address());
    assertThatThrownBy(() -> Keystore.load(file, PASSWORD + "!"))
        .isInstanceOf(KeyException.WrongPassword.class)
        .hasMessageNotContaining(PASSWORD);
  }

  @Test
  void a_key_that_other_software_wrote_opens() throws IOException {
    Files.writeString(file, FROM_ETHERS);
    allow(file, "r--------");
    assertThat(Keystore.load(file, "testpassword").address()).isEqualTo(OF_ETHERS);
  }

  @Test
  void a_key_that_others_may_read_is_refused_with_the_way_out() throws IOException {
    Files.writeString(file, "{}");
    for (String permissions : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"}) {
      allow(file, permissions);
      assertThatThrownBy(() -> Keystore.load(file, PASSWORD))
          .isInstanceOf(KeyException.KeystoreReadableByOthers.class)
          .hasMessageContaining("chmod 600 '" + file + "'")
          .hasMessageContaining(permissions);
    }
  }

  @Test
  void a_password_file_follows_the_same_rule() throws IOException {
    Path password = directory.resolve("password");
    Files.writeString(password, PASSWORD + "\r\n");
    allow(password, "rw-r--r--");
    assertThatThrownBy(() -> Keystore.passwordFrom(password))
        .isInstanceOf(KeyException.KeystoreReadableByOthers.class);
    allow(password, "rw-------");
    assertThat(Keystore.passwordFrom(password)).isEqualTo(PASSWORD);
    Files.writeString(password, "\n");
    assertThatThrownBy(() -> Keystore.passwordFrom(password))
        .isInstanceOf(KeyException.UnusableFile.class)
        .hasMessageContaining("no password");
  }

  @Test
  void another_accounts_key_is_refused() throws IOException {
    Address other = new Address("0x" + "11".repeat(20));
    Files.writeString(
        file, FROM_ETHERS.replace(OF_ETHERS.hex().substring(2), other.hex().substring(2)));
    allow(file, "rw-------");
    assertThatThrownBy(() -> Keystore.load(file, "testpassword"))
        .isInstanceOf(KeyException.WrongAddress.class)
        .hasMessageContaining(other.toString())
        .hasMessageContaining(OF_ETHERS.toString());
  }

  @Test
  void a_key_is_never_written_over() throws IOException {
    Files.writeString(file, "precious");
    assertThatThrownBy(() -> Keystore.create(file, PASSWORD))
        .isInstanceOf(KeyException.UnusableFile.class)
        .hasMessageContaining("exists already");
    assertThat(file).hasContent("precious");
  }

  @Test
  void what_is_no_keystore_is_refused_without_being_quoted() throws IOException {
    String[] contents = {
      "",
      "null",
      "secret",
      "[]",
      "{\"secret\":1}",
      "{\"version\":3,\"crypto\":{}}",
      "{\"version\":1,\"crypto\":{\"kdf\":\"scrypt\"}}"
    };
    for (String content : contents) {
      Files.writeString(file, content);
      allow(file, "rw-------");
      assertThatThrownBy(() -> Keystore.load(file, PASSWORD))
          .as(content)
          .isInstanceOf(KeyException.UnusableFile.class)
          .hasMessageNotContaining("secret");
    }
    Path missing = directory.resolve("missing.json");
    assertThatThrownBy(() -> Keystore.load(missing, PASSWORD))
        .isInstanceOf(KeyException.UnusableFile.class)
        .hasMessageContaining("opg worker init");
  }

  @Test
  void a_signer_does_not_show_its_key() {
    assertThat(DevelopmentKeys.account(0))
        .hasToString("signer of 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
  }
}
