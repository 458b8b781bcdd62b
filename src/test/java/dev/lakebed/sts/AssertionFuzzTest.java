package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lakebed.iam.model.IdentityProvider.SamlProvider;
import dev.lakebed.iam.model.StsSettings.SamlOptions;
import dev.lakebed.kit.MemoryAssertions;
import dev.lakebed.kit.MovableClock;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException;
import dev.lakebed.sts.saml.SamlIdentities;
import dev.lakebed.sts.saml.SamlIdentities.SamlIdentity;
import dev.lakebed.support.Evidence;
import dev.lakebed.support.Prompt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Whatever is made of good responses is refused in the declared way, or says to the last attribute
 * what the provider signed.
 */
@Evidence("attack-21")
class AssertionFuzzTest {
  private static final MovableClock CLOCK = MovableClock.standing();
  private static final SamlProviderKit IDP = new SamlProviderKit();
  private static final SamlProviderKit STRANGER = new SamlProviderKit();
  private static final SamlProvider PROVIDER =
      new SamlProvider(SamlProviderKit.ARN, IDP.metadata());
  private static final SamlIdentities ASSERTIONS =
      new SamlIdentities(CLOCK, new MemoryAssertions());

  private static final String ALICE =
      SamlProviderKit.response("1", "alice", CLOCK.instant(), Worlds.role("Writer"));
  private static final String MALLORY =
      SamlProviderKit.response("1", "mallory", CLOCK.instant(), Worlds.role("Admin"));
  private static final Instant YESTERDAY = CLOCK.instant().minusSeconds(86_400);

  /** Signed assertion, signed response, both. */
  private static final List<String> GOOD =
      List.of(
          IDP.signed(ALICE, "a1"),
          IDP.signed(ALICE, "r1"),
          IDP.signed(IDP.signed(ALICE, "a1"), "r1"));

  /** Nobody's, a stranger's, and the provider's own that has expired. */
  private static final List<String> BAD =
      List.of(
          MALLORY,
          STRANGER.signed(MALLORY, "a1"),
          STRANGER.signed(MALLORY, "r1"),
          IDP.signed(
              SamlProviderKit.response("2", "mallory", YESTERDAY, Worlds.role("Admin")), "a2"));

  private static final Optional<SamlIdentity> SIGNED = identity(GOOD.get(0));

  @Test
  void what_is_changed_was_good() {
    assertThat(SIGNED.map(SamlIdentity::subject)).contains("alice");
    for (String good : GOOD) {
      assertThat(identity(good)).isEqualTo(SIGNED);
    }
    for (String bad : BAD) {
      assertThat(identity(bad)).isEmpty();
    }
  }

  @FuzzTest(maxDuration = "10m")
  void an_assertion_is_refused_or_says_what_was_signed(FuzzedDataProvider data) throws Throwable {
    Prompt.run(() -> check(data));
  }

  private static void check(FuzzedDataProvider data) {
    String base = data.pickValue(GOOD);
    String xml =
        data.consumeInt(0, 3) == 0
            ? Texts.changed(base, data)
            : new AssertionForge(data, base, BAD).forge();
    assertThat(identity(xml)).as(xml).isIn(Optional.empty(), SIGNED);
  }

  private static Optional<SamlIdentity> identity(String xml) {
    try {
      return Optional.of(
          ASSERTIONS.verify(SamlProviderKit.encoded(xml), PROVIDER, SamlOptions.DEFAULT));
    } catch (IdentityException refused) {
      return Optional.empty();
    }
  }
}
