package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.iam.model.IdentityProvider.SamlProvider;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.model.StsSettings.SamlOptions;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.sts.FederatedRole.UnsignedAction;
import dev.lakebed.sts.Sessions.AssumedRole;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException.Reason;
import dev.lakebed.sts.saml.SamlIdentities;
import dev.lakebed.sts.saml.SamlIdentities.SamlIdentity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * AssumeRoleWithSAML.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html">AWS</a>
 */
record SamlRole(FederatedRole roles, SamlIdentities assertions, LogIn logIn) {
  private static final List<String> ACTIONS = List.of("sts:AssumeRoleWithSAML");
  private static final Set<String> PARAMETERS =
      Set.of("RoleArn", "PrincipalArn", "SAMLAssertion", "PolicyArns", "Policy", "DurationSeconds");

  UnsignedAction read(QueryRequest query) {
    query.allowOnly(PARAMETERS);
    IdentityView identities = roles.sessions().identities();
    String roleText = query.text("RoleArn").orElseThrow(StsParameter.ROLE_ARN::missing);
    String principal = StsParameter.PRINCIPAL_ARN.require(query);
    String assertion = StsParameter.SAML_ASSERTION.require(query);
    AssumeRoleRequest request =
        AssumeRoleRequest.federated(query, identities.sts().account(), "assertion");
    RoleArn role = request.role().orElseThrow(StsParameter.ROLE_ARN::missing);
    return (address, caller) -> {
      SamlIdentity who =
          logIn.prove(address, "", () -> verify(assertion, roleText, principal, identities));
      return assume(request, role, who, address, caller);
    };
  }

  /** The assertion must itself name role and provider as the request does. */
  private SamlIdentity verify(
      String assertion, String role, String principal, IdentityView identities) {
    SamlProvider provider =
        identities
            .samlProvider(principal)
            .orElseThrow(() -> Reason.INVALID.because("no such SAML provider"));
    SamlOptions options =
        identities
            .sts()
            .federation()
            .samlOptions()
            .getOrDefault(provider.arn(), SamlOptions.DEFAULT);
    SamlIdentity who = assertions.verify(assertion, provider, options);
    if (!who.roles().contains(role + "," + principal)) {
      throw Reason.INVALID.because("the assertion is not for this role");
    }
    return who;
  }

  private QueryXml.Content assume(
      AssumeRoleRequest request, RoleArn role, SamlIdentity who, String address, Caller caller) {
    AssumedRole assumed =
        roles.assume(
            who.identity(),
            role,
            within(request, who),
            ACTIONS,
            caller,
            () ->
                logIn.prove(
                    address,
                    "",
                    () -> {
                      assertions.use(who);
                      return who;
                    }));
    return xml -> {
      assumed.writeTo(xml);
      xml.text("Subject", who.subject())
          .text("SubjectType", who.subjectType())
          .text("Issuer", who.issuer())
          .text("Audience", who.audience())
          .text("NameQualifier", who.nameQualifier());
    };
  }

  /** Session name and the shorter of both lengths. */
  private static AssumeRoleRequest within(AssumeRoleRequest request, SamlIdentity who) {
    Optional<Integer> shorter =
        Stream.concat(request.durationSeconds().stream(), who.sessionSeconds().stream())
            .min(Integer::compare);
    if (shorter.isPresent() && shorter.get() < StsParameter.DURATION.least()) {
      throw QueryError.IDP_REJECTED_CLAIM.because("SessionDuration of the assertion is too short");
    }
    return new AssumeRoleRequest(
        request.role(),
        sessionName(who),
        request.policies(),
        shorter,
        request.tags(),
        request.externalId(),
        request.sourceIdentity());
  }

  private static String sessionName(SamlIdentity who) {
    try {
      return StsParameter.SESSION_NAME.parse(who.sessionName());
    } catch (QueryException violated) {
      throw QueryError.IDP_REJECTED_CLAIM.because(
          "RoleSessionName of the assertion is not a session name");
    }
  }
}
