package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.sts.FederatedRole.UnsignedAction;
import dev.lakebed.sts.Sessions.AssumedRole;
import dev.lakebed.sts.oidc.WebIdentities;
import dev.lakebed.sts.oidc.WebIdentities.WebIdentity;
import java.util.List;
import java.util.Set;

/**
 * AssumeRoleWithWebIdentity. Without RoleArn, or with the one that SeaweedFS documents for it, role
 * mapping chooses the role.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html">AWS</a>
 */
record WebIdentityRole(FederatedRole roles, WebIdentities tokens, LogIn logIn) {
  private static final List<String> ACTIONS = List.of("sts:AssumeRoleWithWebIdentity");
  private static final Set<String> PARAMETERS =
      Set.of(
          "RoleArn",
          "RoleSessionName",
          "WebIdentityToken",
          "ProviderId",
          "PolicyArns",
          "Policy",
          "DurationSeconds");

  UnsignedAction read(QueryRequest query) {
    query.allowOnly(PARAMETERS);
    StsParameter.refuse(query, "ProviderId");
    IdentityView identities = roles.sessions().identities();
    AssumeRoleRequest request =
        AssumeRoleRequest.federated(
            query, identities.sts().account(), StsParameter.SESSION_NAME.require(query));
    String token = StsParameter.WEB_IDENTITY_TOKEN.require(query);
    return (address, caller) -> assume(request, token, identities, address, caller);
  }

  private QueryXml.Content assume(
      AssumeRoleRequest request,
      String token,
      IdentityView identities,
      String address,
      Caller caller) {
    String account = request.role().map(RoleArn::account).orElse(identities.sts().account());
    WebIdentity who = logIn.prove(address, "", () -> tokens.verify(token, account, identities));
    RoleArn arn = request.role().or(who::role).orElseThrow(StsParameter.ROLE_ARN::missing);
    AssumedRole assumed = roles.assume(who.identity(), arn, request, ACTIONS, caller, () -> {});
    return xml -> {
      assumed.writeTo(xml);
      xml.text("SubjectFromWebIdentityToken", who.identity().subject())
          .text("Provider", who.issuer())
          .text("Audience", who.audience());
    };
  }
}
