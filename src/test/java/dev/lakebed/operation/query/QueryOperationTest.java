package dev.lakebed.operation.query;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.TestServer;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters are read for a caller who may be known, by an operation that is known by then. */
class QueryOperationTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GetAccessKeyInfo",
        "DecodeAuthorizationMessage",
        "RevokeSessions",
        "AssumeRoot",
        "GetDelegatedAccessToken",
        "GetScopedCredentials",
        "GetSessionToken"
      })
  void who_did_not_sign_is_told_so_before_anything_of_the_request(String action)
      throws IOException {
    try (TestServer server = TestServer.seed()) {
      Answer answer = server.sts(Keys.NONE, action, "Nonsense", "1");
      answer.requireError(403, "MissingAuthenticationToken");
    }
  }
}
