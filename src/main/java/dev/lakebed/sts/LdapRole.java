package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.iam.model.AccessKey.Secret;
import dev.lakebed.iam.model.IdentityProvider.LdapProvider;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.sts.FederatedRole.UnsignedAction;
import dev.lakebed.sts.RoleTrust.Denied;
import dev.lakebed.sts.ldap.LdapIdentities;
import dev.lakebed.sts.ldap.LdapIdentities.LdapIdentity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * AssumeRoleWithLDAPIdentity, which AWS does not have: MinIO's parameters, and those that SeaweedFS
 * adds. Without RoleArn the groups of the user choose the role.
 *
 * @see <a href="https://github.com/minio/minio/blob/master/docs/sts/ldap.md">MinIO</a>
 */
record LdapRole(FederatedRole roles, LdapIdentities directories, LogIn logIn) {
  /** The second is SeaweedFS's name in trust policies. */
  private static final List<String> ACTIONS =
      List.of("sts:AssumeRoleWithLDAPIdentity", "sts:AssumeRoleWithCredentials");

  private static final Set<String> PARAMETERS =
      Set.of(
          "RoleArn",
          "RoleSessionName",
          "LDAPUsername",
          "LDAPPassword",
          "LDAPProviderName",
          "PolicyArns",
          "Policy",
          "DurationSeconds");

  private static final int MAX_SESSION_NAME = 64;

  UnsignedAction read(QueryRequest query) {
    query.allowOnly(PARAMETERS);
    String user = StsParameter.LDAP_USER.require(query);
    Secret password = new Secret(StsParameter.LDAP_PASSWORD.require(query));
    AssumeRoleRequest request =
        AssumeRoleRequest.federated(
            query,
            roles.sessions().identities().sts().account(),
            StsParameter.SESSION_NAME.find(query).orElseGet(() -> sessionName(user)));
    LdapProvider provider = provider(query.text("LDAPProviderName"));
    return (address, caller) -> assume(request, provider, user, password, address, caller);
  }

  /** MinIO's clients send none. */
  private static String sessionName(String user) {
    String legal = user.replaceAll("[^\\w+=,.@-]", "-");
    String padded = legal.length() < 2 ? legal + "-" : legal;
    return padded.substring(0, Math.min(padded.length(), MAX_SESSION_NAME));
  }

  private LdapProvider provider(Optional<String> name) {
    List<LdapProvider> configured = roles.sessions().identities().sts().federation().ldap();
    directories.keepOnly(configured);
    List<LdapProvider> meant =
        configured.stream()
            .filter(provider -> name.map(provider.name()::equals).orElse(true))
            .toList();
    if (meant.size() != 1) {
      throw QueryError.VALIDATION_ERROR.because(
          meant.isEmpty()
              ? "No such LDAP provider is configured"
              : "LDAPProviderName is needed: several are configured");
    }
    return meant.getFirst();
  }

  private QueryXml.Content assume(
      AssumeRoleRequest request,
      LdapProvider provider,
      String user,
      Secret password,
      String address,
      Caller caller) {
    String counted = provider.name() + " " + user;
    LdapIdentity who =
        logIn.prove(address, counted, () -> directories.logIn(provider, user, password));
    RoleArn arn =
        request
            .role()
            .or(who::role)
            .orElseThrow(
                () ->
                    Denied.prevented(
                        caller,
                        ACTIONS.getFirst(),
                        "*",
                        "RoleMapping",
                        "No role is mapped to the groups of the user"));
    return roles.assume(who.identity(), arn, request, ACTIONS, caller, () -> {})::writeTo;
  }
}
