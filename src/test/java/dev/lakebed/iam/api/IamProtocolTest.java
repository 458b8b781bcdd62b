package dev.lakebed.iam.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakebed.query.QueryException;
import dev.lakebed.wire.Connection;
import dev.lakebed.wire.Headers;
import dev.lakebed.wire.QueryParameters;
import dev.lakebed.wire.RawTarget;
import dev.lakebed.wire.Request;
import dev.lakebed.wire.RequestBody;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What IAM answers as long as no action is built (issue 2, "readOnly honoured"). */
class IamProtocolTest {
  @ParameterizedTest
  @CsvSource({
    "CreateUser, false, 501 NotImplemented",
    "CreateUser, true, 403 AccessDenied",
    "ListRoles, true, 501 NotImplemented",
    "Nonsense, true, 400 InvalidAction"
  })
  void actions_are_refused_precisely(String action, boolean readOnly, String outcome) {
    String query = "Action=" + action + "&Version=2010-05-08";
    Request request =
        new Request(
            "0123456789ABCDEF",
            "POST",
            new RawTarget("/", query),
            QueryParameters.parse(query),
            Headers.NONE,
            new Connection("192.0.2.1", false, 8333),
            Instant.EPOCH,
            RequestBody.EMPTY);
    IamProtocol protocol = new IamProtocol(readOnly);
    QueryException refusal =
        catchThrowableOfType(QueryException.class, () -> protocol.resolve(request));
    assertThat(refusal.error().status() + " " + refusal.error().code()).isEqualTo(outcome);
    assertThat(protocol.error(request, refusal).status()).isEqualTo(refusal.error().status());
  }
}
