package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.iam.session.AuthorizationMessages;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import java.util.Set;

/**
 * DecodeAuthorizationMessage.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html">AWS</a>
 */
record DecodeMessage(String encoded) {
  private static final int MAX_LENGTH = 10_240;

  static DecodeMessage read(QueryRequest request) {
    request.allowOnly(Set.of("EncodedMessage"));
    String encoded =
        request
            .text("EncodedMessage")
            .orElseThrow(() -> Parameter.violated("encodedMessage", "Member must not be null"));
    if (encoded.isEmpty() || encoded.length() > MAX_LENGTH) {
      throw Parameter.violated(
          "encodedMessage", "Member must have length between 1 and " + MAX_LENGTH);
    }
    return new DecodeMessage(encoded);
  }

  QueryXml.Content decode(AuthorizationMessages messages, Caller caller) {
    String account = caller.principal().account();
    String document =
        messages
            .open(encoded)
            .filter(
                opened ->
                    opened.principalAccount().equals(account)
                        || opened.resourceAccount().equals(account))
            .orElseThrow(
                () ->
                    QueryError.INVALID_AUTHORIZATION_MESSAGE.because(
                        "The message is not one of this server and account"))
            .document();
    return xml -> xml.text("DecodedMessage", document);
  }
}
