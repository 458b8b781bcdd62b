package dev.lakebed.sts.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.model.StsSettings.OidcOptions;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException;
import dev.lakebed.sts.outbound.Fetcher.Destination;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whoever sends tokens of a provider that is slow to answer holds few threads of this server. */
class CachedKeysTest {
  private static final int WAITERS = 32;
  private static final String URL = "https://provider.test";
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final Instant STALE = NOW.plus(OidcOptions.KEYS_LIFE);
  private static final JWSHeader TOKEN =
      new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build();

  private final String document = keys();
  private final AtomicInteger fetches = new AtomicInteger();
  private final CountDownLatch answer = new CountDownLatch(1);
  private final Queue<String> outcomes = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CachedKeys cached =
      new CachedKeys(
          new KeyLocation(
              this::fetch,
              new OidcProvider(
                  "arn:aws:iam::000000000000:oidc-provider/p", URL, List.of(), List.of()),
              OidcOptions.DEFAULT),
          OidcOptions.KEYS_LIFE);
  private volatile boolean slow;

  private static String keys() {
    try {
      return new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("k").generate().toPublicJWK())
          .toString();
    } catch (JOSEException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private byte[] fetch(Destination destination) {
    if (destination.uri().getPath().endsWith("openid-configuration")) {
      return "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(URL).getBytes(UTF_8);
    }
    fetches.incrementAndGet();
    if (slow) {
      awaitAnswer();
    }
    return document.getBytes(UTF_8);
  }

  private void awaitAnswer() {
    try {
      answer.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** One more that asks; it has come to its end, or to where it waits, when this returns. */
  private void ask(Instant now) {
    Thread asking =
        new Thread(
            () -> {
              try {
                outcomes.add(cached.select(TOKEN, now).size() + " key");
              } catch (IdentityException refused) {
                outcomes.add(refused.reason().name());
              }
            });
    threads.add(asking);
    asking.start();
    while (asking.isAlive()
        && asking.getState() != Thread.State.WAITING
        && asking.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  private void askMore(int more, Instant now) {
    for (int i = 0; i < 1 + WAITERS + more; i++) {
      ask(now);
    }
  }

  private void answered() throws InterruptedException {
    answer.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void more_than_32_do_not_wait_for_keys_that_nobody_has_yet() throws InterruptedException {
    slow = true;
    askMore(3, NOW);
    assertThat(outcomes).containsExactly("UNREACHABLE", "UNREACHABLE", "UNREACHABLE");
    answered();
    assertThat(outcomes).filteredOn("1 key"::equals).hasSize(1 + WAITERS);
    assertThat(fetches).hasValue(1);
  }

  @Test
  void more_than_32_do_not_wait_for_keys_that_are_renewed_and_use_the_old_ones()
      throws InterruptedException {
    assertThat(cached.select(TOKEN, NOW)).hasSize(1);
    slow = true;
    askMore(3, STALE);
    assertThat(outcomes).containsExactly("1 key", "1 key", "1 key");
    answered();
    assertThat(outcomes).hasSize(1 + WAITERS + 3).containsOnly("1 key");
    assertThat(fetches).hasValue(2);
  }
}
