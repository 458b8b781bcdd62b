package dev.lakebed.auth;

import dev.lakebed.auth.Authenticated.SigningFacts;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.http.Request;
import dev.lakebed.policy.Keys;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every condition key that this server supplies, in AWS's spelling; keys compare without case. Keys
 * that end in a slash are families, completed by the key of a tag.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">AWS</a>
 */
public final class ConditionKeys {
  /** Of every request. */
  public static final List<String> GLOBAL =
      names(
          """
          aws:CurrentTime aws:EpochTime aws:MultiFactorAuthPresent aws:PrincipalAccount
          aws:PrincipalArn aws:PrincipalIsAWSService aws:PrincipalTag/ aws:PrincipalType
          aws:Referer aws:RequestTag/ aws:RequestedRegion aws:ResourceAccount aws:ResourceTag/
          aws:SecureTransport aws:SourceIdentity aws:SourceIp aws:TagKeys aws:TokenIssueTime
          aws:UserAgent aws:ViaAWSService aws:userid aws:username
          """);

  /** Of requests to S3. */
  public static final List<String> S3 =
      names(
          """
          s3:BucketTag/ s3:ExistingObjectTag/ s3:LocationConstraint s3:ObjectCreationOperation
          s3:RequestObjectTag/ s3:RequestObjectTagKeys s3:ResourceAccount s3:TlsVersion
          s3:VersionId s3:authType s3:delimiter s3:if-match s3:if-none-match s3:max-keys
          s3:object-lock-legal-hold s3:object-lock-mode s3:object-lock-remaining-retention-days
          s3:object-lock-retain-until-date s3:prefix s3:signatureAge s3:signatureversion
          s3:x-amz-acl s3:x-amz-content-sha256 s3:x-amz-copy-source s3:x-amz-grant-full-control
          s3:x-amz-grant-read s3:x-amz-grant-read-acp s3:x-amz-grant-write
          s3:x-amz-grant-write-acp s3:x-amz-metadata-directive s3:x-amz-object-ownership
          s3:x-amz-server-side-encryption s3:x-amz-server-side-encryption-aws-kms-key-id
          s3:x-amz-server-side-encryption-customer-algorithm s3:x-amz-storage-class
          s3:x-amz-website-redirect-location
          """);

  /** Of requests to STS. */
  public static final List<String> STS =
      names(
          """
          sts:DurationSeconds sts:ExternalId sts:IdentityTokenAudience sts:RoleSessionName
          sts:SigningAlgorithm sts:SourceIdentity sts:TransitiveTagKeys
          """);

  /** Of requests to S3 Tables. */
  public static final List<String> S3TABLES =
      names(
          """
          s3tables:KMSKeyArn s3tables:SSEAlgorithm s3tables:StorageClass s3tables:TableBucketTag/
          s3tables:namespace s3tables:tableName
          """);

  /** Of requests to IAM, and of a role that is to be assumed. */
  public static final List<String> IAM =
      names(
          """
          iam:PassedToService iam:PermissionsBoundary iam:PolicyARN iam:ResourceTag/
          """);

  /** All of them. */
  public static final List<String> ALL =
      Stream.of(GLOBAL, S3, STS, S3TABLES, IAM).flatMap(List::stream).toList();

  private ConditionKeys() {}

  private static List<String> names(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  private static List<String> one(Optional<String> value) {
    return value.map(List::of).orElseGet(List::of);
  }

  /** Condition keys that say who asks. They come from the verified credential alone. */
  record PrincipalKeys(Principal principal) implements Keys {
    private static final String TAG = "aws:principaltag/";

    @Override
    public List<String> values(String key) {
      return principal instanceof Principal.Anonymous ? Keys.ANONYMOUS.values(key) : valuesOf(key);
    }

    private List<String> valuesOf(String key) {
      return switch (key) {
        case "aws:principalarn" ->
            List.of(principal instanceof Principal.RoleSession of ? of.issuer() : principal.arn());
        case "aws:principalaccount" -> List.of(principal.account());
        case "aws:principaltype" -> List.of(type());
        case "aws:userid" -> List.of(principal.userId());
        case "aws:username" -> one(userName());
        case "aws:sourceidentity" -> one(session().flatMap(SessionFacts::sourceIdentity));
        case "aws:tokenissuetime" -> one(session().map(s -> s.issuedAt().toString()));
        case "aws:multifactorauthpresent" -> one(session().map(s -> "false"));
        case "aws:principalisawsservice", "aws:viaawsservice" -> List.of("false");
        default ->
            key.startsWith(TAG) ? TagKeys.of(TAG, principal.tags()).values(key) : identity(key);
      };
    }

    /** Keys that others do not have: of tags, and what a provider said. */
    static Stream<String> names(Principal principal) {
      PrincipalKeys keys = new PrincipalKeys(principal);
      return Stream.concat(
          principal.tags().keySet().stream().sorted().map("aws:PrincipalTag/"::concat),
          keys.session().stream()
              .flatMap(session -> session.identity().keySet().stream().sorted()));
    }

    private List<String> identity(String key) {
      return one(session().map(session -> session.identity().get(key)));
    }

    private Optional<SessionFacts> session() {
      return principal instanceof Principal.Session session
          ? Optional.of(session.facts())
          : Optional.empty();
    }

    private String type() {
      return switch (principal) {
        case Principal.Anonymous nobody -> "Anonymous";
        case Principal.AccountRoot root -> "Account";
        case Principal.RootSession root -> "Account";
        case Principal.User user -> "User";
        case Principal.UserSession user -> "User";
        case Principal.RoleSession role -> "AssumedRole";
        case Principal.FederatedUser federated -> "FederatedUser";
      };
    }

    private Optional<String> userName() {
      return switch (principal) {
        case Principal.User user -> Optional.of(user.name());
        case Principal.UserSession session -> Optional.of(session.userName());
        default -> Optional.empty();
      };
    }
  }

  /**
   * Condition keys that say what the request is like. Each key is read from one known place, so a
   * header that happens to be called like a key is never seen. Computed when asked for.
   */
  record RequestKeys(Request request, SigningFacts signing, TrustedProxies proxies)
      implements Keys {
    @Override
    public List<String> values(String key) {
      return switch (key) {
        case "aws:sourceip" -> List.of(proxies.clientAddress(request));
        case "aws:securetransport" -> List.of(String.valueOf(proxies.secure(request)));
        case "aws:currenttime" -> List.of(request.receivedAt().toString());
        case "aws:epochtime" -> List.of(String.valueOf(request.receivedAt().getEpochSecond()));
        case "aws:useragent" -> one(request.headers().first("user-agent"));
        case "aws:referer" -> one(request.headers().first("referer"));
        case "aws:requestedregion" -> one(signing.region());
        case "s3:authtype" -> one(signing.authType());
        case "s3:signatureversion" -> one(signing.signatureVersion());
        case "s3:signatureage" -> one(signing.age(request.receivedAt()));
        case "s3:tlsversion" -> one(request.connection().tlsVersion());
        case "s3:x-amz-content-sha256" -> one(signing.contentSha256(request));
        default -> List.of();
      };
    }
  }
}
