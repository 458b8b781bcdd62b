package dev.lakebed.boot;

import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.iam.IamCredentials;
import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.SessionKeys;
import dev.lakebed.iam.session.SessionCredentials;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.pipeline.Protocol;
import dev.lakebed.sts.StsProtocol;
import java.io.IOException;
import java.time.Clock;

/** Long-term and temporary credentials, and the protocols that deal with them. */
record TemporaryAccess(CredentialLookup credentials, Protocol sts) {
  static TemporaryAccess of(IamDirectory directory, DataDirectory data, Clock clock)
      throws IOException {
    SessionKeys keys = new SessionKeys(directory, data.resolve("keys"));
    SessionTokens tokens = new SessionTokens(keys::ring);
    return new TemporaryAccess(
        new IamCredentials(directory, new SessionCredentials(tokens, clock), clock),
        new StsProtocol(directory::view, tokens, clock));
  }
}
