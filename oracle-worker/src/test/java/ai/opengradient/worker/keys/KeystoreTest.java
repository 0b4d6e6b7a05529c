package ai.opengradient.worker.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.worker.chain.Address;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeystoreTest {

  private static final String PASSWORD = "correct horse battery staple";

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
    assertThat(Keystore.load(file, PASSWORD, made.address()).address()).isEqualTo(made.address());
    assertThatThrownBy(() -> Keystore.load(file, PASSWORD + "!"))
        .isInstanceOf(KeyException.WrongPassword.class)
        .hasMessageNotContaining(PASSWORD);
  }

  /** The example of the Web3 Secret Storage Definition, by scrypt. */
  @Test
  void a_key_that_other_software_wrote_opens() throws IOException {
    Files.writeString(
        file,
        """
        {"crypto":{"cipher":"aes-128-ctr",
        "cipherparams":{"iv":"83dbcc02d8ccb40e466191a123791e0e"},
        "ciphertext":"d172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c",
        "kdf":"scrypt",
        "kdfparams":{"dklen":32,"n":262144,"r":1,"p":8,
        "salt":"ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19"},
        "mac":"2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097"},
        "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}
        """);
    allow(file, "r--------");
    Signer signer = Keystore.load(file, "testpassword");
    Path copy = directory.resolve("copy.json");
    Signer same =
        Keystore.store(
            copy,
            PASSWORD,
            new BigInteger("7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d", 16));
    assertThat(signer.address()).isEqualTo(same.address());
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
    Signer made = Keystore.create(file, PASSWORD);
    Address other = new Address("0x" + "11".repeat(20));
    assertThatThrownBy(() -> Keystore.load(file, PASSWORD, other))
        .isInstanceOf(KeyException.WrongAddress.class)
        .hasMessageContaining(other.toString())
        .hasMessageContaining(made.address().toString());
    Files.writeString(
        file, Files.readString(file).replace(made.address().hex().substring(2), "11".repeat(20)));
    assertThatThrownBy(() -> Keystore.load(file, PASSWORD))
        .isInstanceOf(KeyException.WrongAddress.class);
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
