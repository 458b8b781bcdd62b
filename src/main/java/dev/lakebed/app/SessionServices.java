package dev.lakebed.app;

import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.Denial.DenialSealer;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.http.Response;
import dev.lakebed.iam.IamCredentials;
import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.SessionKeys;
import dev.lakebed.iam.TokenSigningKeys;
import dev.lakebed.iam.session.AuthorizationMessages;
import dev.lakebed.iam.session.RevocationWatch;
import dev.lakebed.iam.session.SessionCredentials;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.operation.Protocol;
import dev.lakebed.storage.metadata.iam.UsedAssertions;
import dev.lakebed.sts.StsProtocol;
import dev.lakebed.sts.StsProtocol.Federation;
import dev.lakebed.sts.WebIdentityPages;
import dev.lakebed.sts.outbound.OutboundClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Long-term and temporary credentials, and the protocols that deal with them. */
record SessionServices(
    CredentialLookup credentials,
    Protocol sts,
    DenialSealer sealer,
    Function<String, Optional<Response>> pages,
    List<Runnable> keyFiles) {
  static SessionServices of(
      IamDirectory directory,
      Path keyFolder,
      RevocationWatch revocations,
      UsedAssertions usedAssertions,
      TrustedProxies proxies,
      Clock clock)
      throws IOException {
    SessionKeys keys = new SessionKeys(directory, keyFolder);
    TokenSigningKeys signing = new TokenSigningKeys(keyFolder);
    SessionTokens tokens = new SessionTokens(keys::ring);
    AuthorizationMessages messages = new AuthorizationMessages(keys::ring);
    return new SessionServices(
        new IamCredentials(directory, new SessionCredentials(tokens, revocations, clock), clock),
        new StsProtocol(
            directory::view,
            tokens,
            messages,
            revocations,
            clock,
            new Federation(
                new OutboundClient(
                    () -> directory.snapshot().sts().federation().outboundAddresses()),
                proxies::clientAddress,
                signing::all,
                usedAssertions)),
        messages,
        new WebIdentityPages(directory::view, signing::all),
        List.of(keys::look, signing::look));
  }
}
