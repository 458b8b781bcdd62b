package dev.lakebed.boot;

import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.DenialSealer;
import dev.lakebed.iam.IamCredentials;
import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.SessionKeys;
import dev.lakebed.iam.session.AuthorizationMessages;
import dev.lakebed.iam.session.RevocationWatch;
import dev.lakebed.iam.session.SealedMessages;
import dev.lakebed.iam.session.SessionCredentials;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.pipeline.Protocol;
import dev.lakebed.sts.StsProtocol;
import java.io.IOException;
import java.time.Clock;

/** Long-term and temporary credentials, and the protocols that deal with them. */
record TemporaryAccess(CredentialLookup credentials, Protocol sts, DenialSealer sealer) {
  static TemporaryAccess of(
      IamDirectory directory, DataDirectory data, RevocationWatch revocations, Clock clock)
      throws IOException {
    SessionKeys keys = new SessionKeys(directory, data.resolve("keys"));
    SessionTokens tokens = new SessionTokens(keys::ring);
    AuthorizationMessages messages = new AuthorizationMessages(new SealedMessages(keys::ring));
    return new TemporaryAccess(
        new IamCredentials(directory, new SessionCredentials(tokens, revocations, clock), clock),
        new StsProtocol(directory::snapshot, tokens, messages, revocations, clock),
        messages);
  }
}
