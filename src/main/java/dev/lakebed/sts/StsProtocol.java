package dev.lakebed.sts;

import com.nimbusds.jose.jwk.JWKSet;
import dev.lakebed.http.Request;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.session.AuthorizationMessages;
import dev.lakebed.iam.session.RevocationWatch;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.operation.query.QueryProtocol;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryService;
import dev.lakebed.storage.metadata.iam.UsedAssertions;
import dev.lakebed.sts.FederatedRole.UnsignedAction;
import dev.lakebed.sts.identity.LoginLimit;
import dev.lakebed.sts.ldap.LdapIdentities;
import dev.lakebed.sts.oidc.WebIdentities;
import dev.lakebed.sts.outbound.Fetcher;
import dev.lakebed.sts.saml.SamlIdentities;
import java.time.Clock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** STS: POST or GET at any path, since a catalog may put {@code /sts} behind the endpoint. */
public final class StsProtocol extends QueryProtocol {
  /** The {@code identities} in force are asked once for each request. */
  public StsProtocol(
      Supplier<IdentityView> identities,
      SessionTokens tokens,
      AuthorizationMessages messages,
      RevocationWatch revocations,
      Clock clock,
      Federation federation) {
    super(
        Kind.STS,
        QueryService.STS,
        StsOperations.of(
            new Sessions(identities, tokens, clock), messages, revocations, clock, federation));
  }

  /** A catalog asks for a session at each load of a table. */
  @Override
  public boolean runsAtOnce(Request request) {
    return true;
  }

  /**
   * What STS needs to deal with identities from elsewhere and to vouch for its own elsewhere.
   *
   * @param address source address of a request, proxies taken into account
   * @param usedAssertions SAML assertions that were used, on any node
   */
  public record Federation(
      Fetcher fetcher,
      Function<Request, String> address,
      Supplier<JWKSet> signingKeys,
      UsedAssertions usedAssertions) {
    /** Tokens and assertions cannot be guessed; the limit is against the work they make. */
    private static final int TOKENS_PER_ADDRESS = 300;

    /** The actions that an identity provider's word opens, without a signature. */
    void addActions(
        Sessions sessions,
        Clock clock,
        BiConsumer<String, Function<QueryRequest, UnsignedAction>> table) {
      FederatedRole assumed = new FederatedRole(sessions);
      LogIn tokens = new LogIn(new LoginLimit(clock, TOKENS_PER_ADDRESS));
      LogIn passwords = new LogIn(new LoginLimit(clock, LoginLimit.PER_ADDRESS));
      table.accept(
          "AssumeRoleWithWebIdentity",
          new WebIdentityRole(assumed, new WebIdentities(fetcher, clock), tokens)::read);
      table.accept(
          "AssumeRoleWithSAML",
          new SamlRole(assumed, new SamlIdentities(clock, usedAssertions), tokens)::read);
      table.accept(
          "AssumeRoleWithLDAPIdentity",
          new LdapRole(assumed, new LdapIdentities(), passwords)::read);
    }
  }
}
