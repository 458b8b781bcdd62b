package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException;
import dev.lakebed.sts.identity.LoginLimit;
import dev.lakebed.support.CapturedLog;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class LogInTest {
  private final LogIn logIn = new LogIn(new LoginLimit(Clock.systemUTC(), 300));

  /** Nobody is made to wait for that, so only the lines are bounded. */
  @Test
  void attempts_at_a_provider_that_cannot_be_asked_write_few_lines_of_each_client() {
    try (CapturedLog log = new CapturedLog(LogIn.class.getName())) {
      for (int i = 0; i < 1000; i++) {
        refused("192.0.2.1");
      }
      assertThat(log.lines()).hasSizeBetween(50, 200);
      int before = log.lines().size();
      refused("192.0.2.2");
      assertThat(log.lines().subList(before, before + 1))
          .containsExactly("INFO log-in from 192.0.2.2 refused: it is away");
    }
  }

  private void refused(String address) {
    assertThatThrownBy(
            () ->
                logIn.prove(
                    address,
                    "",
                    () -> {
                      throw IdentityException.Reason.UNREACHABLE.because("it is away");
                    }))
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> assertThat(e.error().code()).isEqualTo("IDPCommunicationError"));
  }
}
