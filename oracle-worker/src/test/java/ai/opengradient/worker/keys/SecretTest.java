package ai.opengradient.worker.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SecretTest {
  @Test
  void a_secret_follows_from_key_and_purpose() {
    LocalSigner signer = DevelopmentKeys.account(1);
    assertThat(signer.secret("challenge 7"))
        .isEqualTo(DevelopmentKeys.account(1).secret("challenge 7"))
        .isNotEqualTo(signer.secret("challenge 8"))
        .isNotEqualTo(signer.secret("share 7"))
        .isNotEqualTo(DevelopmentKeys.account(2).secret("challenge 7"));
  }
}
