package dev.lakebed.sts;

import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.operation.query.QueryXml;
import java.time.Instant;
import javax.xml.stream.XMLStreamException;

/** New credentials with what the answer says about them. */
record IssuedSession(SessionTokens.Issued credentials, Instant expiresAt) {
  void writeCredentials(QueryXml xml) throws XMLStreamException {
    xml.element(
        "Credentials",
        c ->
            c.text("AccessKeyId", credentials.accessKeyId())
                .text("SecretAccessKey", credentials.secret())
                .text("SessionToken", credentials.token())
                .text("Expiration", expiresAt.toString()));
  }

  void writePackedSize(QueryXml xml) throws XMLStreamException {
    xml.text("PackedPolicySize", String.valueOf(credentials.packedPercent()));
  }
}
