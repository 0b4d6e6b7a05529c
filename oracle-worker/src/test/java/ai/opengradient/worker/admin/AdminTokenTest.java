package ai.opengradient.worker.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token is made once, for its owner's eyes only. */
final class AdminTokenTest {

  @TempDir private Path folder;

  @Test
  void isMadeOnceAndKept() throws IOException {
    Path file = folder.resolve("token");
    AdminToken token = AdminToken.at(file);
    assertThat(token.text()).matches("[0-9a-f]{64}");
    assertThat(AdminToken.at(file)).isEqualTo(token);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(token.isIn("Bearer " + token.text())).isTrue();
    assertThat(token.isIn(token.text())).isFalse();
    assertThat(token.toString()).doesNotContain(token.text());
  }

  @Test
  void isRefusedWhereOthersCanReadIt() throws IOException {
    Path file = folder.resolve("token");
    AdminToken.at(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> AdminToken.at(file))
        .isInstanceOf(AdminToken.Exposed.class)
        .hasMessageContaining("chmod 600");
  }
}
