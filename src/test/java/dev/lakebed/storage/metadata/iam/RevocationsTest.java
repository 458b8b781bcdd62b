package dev.lakebed.storage.metadata.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.iam.Revocations.Revocation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Revocations in PostgreSQL, by the contract of {@link Revocations}. */
class RevocationsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final Revocations revocations = TestStores.embedded().revocations();
  private final String subject = "arn:aws:iam::000000000000:role/" + UUID.randomUUID();

  private static Revocation revocation(String subject, int before, int until) {
    return new Revocation(
        Revocation.Kind.ROLE, subject, NOON.plusSeconds(before), NOON.plusSeconds(until));
  }

  private List<Revocation> inForce(int at) {
    return revocations.inForce(NOON.plusSeconds(at)).stream()
        .filter(revocation -> revocation.subject().equals(subject))
        .toList();
  }

  @Test
  void a_revocation_is_in_force_until_its_end_and_then_forgotten() {
    revocations.add(revocation(subject, 0, 100), "arn:aws:iam::000000000000:user/admin");
    assertThat(inForce(99)).containsExactly(revocation(subject, 0, 100));
    assertThat(inForce(100)).isEmpty();
    revocations.forgetBefore(NOON.plusSeconds(99));
    assertThat(inForce(0)).hasSize(1);
    revocations.forgetBefore(NOON.plusSeconds(100));
    assertThat(inForce(0)).isEmpty();
  }

  @Test
  void a_second_revocation_never_ends_fewer_sessions() {
    revocations.add(revocation(subject, 50, 100), "a");
    revocations.add(revocation(subject, 10, 60), "b");
    assertThat(inForce(0)).containsExactly(revocation(subject, 50, 100));
    revocations.add(revocation(subject, 70, 200), "c");
    assertThat(inForce(0)).containsExactly(revocation(subject, 70, 200));
    revocations.forgetBefore(NOON.plusSeconds(200));
  }
}
