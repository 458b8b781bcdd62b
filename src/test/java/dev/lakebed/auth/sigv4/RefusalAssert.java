package dev.lakebed.auth.sigv4;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.payload.PayloadException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;

/** Asserts the exact reason of a refusal. */
final class RefusalAssert {
  private RefusalAssert() {}

  static ThrowableAssertAlternative<AuthenticationException> refused(
      AuthenticationException.Reason reason, ThrowingCallable call) {
    return assertThatExceptionOfType(AuthenticationException.class)
        .isThrownBy(call)
        .matches(e -> e.reason() == reason, "reason " + reason);
  }

  static ThrowableAssertAlternative<PayloadException> spoiled(
      PayloadException.Reason reason, ThrowingCallable call) {
    return assertThatExceptionOfType(PayloadException.class)
        .isThrownBy(call)
        .matches(e -> e.reason() == reason, "reason " + reason);
  }
}
