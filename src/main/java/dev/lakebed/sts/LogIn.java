package dev.lakebed.sts;

import dev.lakebed.http.LogText;
import dev.lakebed.limit.ClientRate;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException;
import dev.lakebed.sts.identity.LoginLimit;
import java.util.function.Supplier;

/**
 * Runs a proof of identity within the limit on attempts, and answers a refusal with the same words
 * whatever was wrong. The detail goes to the log.
 */
final class LogIn {
  private static final System.Logger LOG = System.getLogger(LogIn.class.getName());

  /** Of one address. An attempt counts for nothing when the provider cannot be asked. */
  private static final int LINES_PER_SECOND = 5;

  private final LoginLimit limit;
  private final ClientRate lines = new ClientRate(LINES_PER_SECOND, System::nanoTime);

  LogIn(LoginLimit limit) {
    this.limit = limit;
  }

  /** The result of the proof; {@code user} is empty when it is not guessable. */
  <T> T prove(String address, String user, Supplier<T> proof) {
    LoginLimit.Attempt attempt =
        limit
            .begin(address, user)
            .orElseThrow(
                () -> QueryError.THROTTLING.because("Too many attempts failed; try again later"));
    boolean failed = false;
    try {
      return proof.get();
    } catch (IdentityException refused) {
      failed = refused.reason() != IdentityException.Reason.UNREACHABLE;
      log(address, refused);
      throw answer(refused.reason());
    } finally {
      attempt.end(failed);
    }
  }

  private void log(String address, IdentityException refused) {
    long leftOut = lines.permit(address);
    if (leftOut >= 0) {
      LOG.log(
          System.Logger.Level.INFO,
          () ->
              "log-in from "
                  + address
                  + " refused: "
                  + LogText.of(String.valueOf(refused.getMessage()))
                  + (leftOut == 0 ? "" : " (and " + leftOut + " more before)"));
    }
  }

  private static QueryException answer(IdentityException.Reason reason) {
    return switch (reason) {
      case INVALID ->
          QueryError.INVALID_IDENTITY_TOKEN.because(
              "The identity token or assertion that was passed is not valid here");
      case EXPIRED ->
          QueryError.EXPIRED_IDENTITY_TOKEN.because(
              "The identity token or assertion that was passed has expired; get a new one");
      case REJECTED ->
          QueryError.IDP_REJECTED_CLAIM.because("The identity provider's claims are not accepted");
      case UNREACHABLE ->
          QueryError.IDP_COMMUNICATION_ERROR.because("The identity provider could not be asked");
      case WRONG_PASSWORD -> QueryError.ACCESS_DENIED.because("Name or password is wrong");
    };
  }
}
