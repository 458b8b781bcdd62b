package dev.lakebed.iam.store;

import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.ManagedPolicy;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The policies of AWS that matter here, under AWS's ARNs and names. What they say of services that
 * this server does not have is left out.
 *
 * @see <a href="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html">
 *     AWS, managed policies</a>
 */
public final class AwsPolicies {
  private static final String EVERYTHING =
      "[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]";
  private static final Map<String, ManagedPolicy> BY_ARN = new TreeMap<>();

  static {
    add("AdministratorAccess", EVERYTHING);
    add(
        "PowerUserAccess",
        """
        [{"Effect":"Allow","NotAction":["iam:*","organizations:*","account:*"],"Resource":"*"},
         {"Effect":"Allow","Action":["iam:ListRoles"],"Resource":"*"}]\
        """);
    allow("IAMFullAccess", "iam:*");
    allow(
        "IAMReadOnlyAccess",
        "iam:GenerateCredentialReport iam:GenerateServiceLastAccessedDetails iam:Get* iam:List*"
            + " iam:SimulateCustomPolicy iam:SimulatePrincipalPolicy");
    allow("AmazonS3FullAccess", "s3:* s3-object-lambda:*");
    allow(
        "AmazonS3ReadOnlyAccess",
        "s3:Get* s3:List* s3:Describe* s3-object-lambda:Get* s3-object-lambda:List*");
    allow("AmazonS3TablesFullAccess", "s3tables:*");
    allow("AmazonS3TablesReadOnlyAccess", "s3tables:Get* s3tables:List*");
    allow(
        "ReadOnlyAccess",
        "iam:Generate* iam:Get* iam:List* iam:Simulate* s3:Get* s3:List* s3tables:Get*"
            + " s3tables:List* sts:GetAccessKeyInfo sts:GetCallerIdentity sts:GetSessionToken");
    add(
        "IAMUserChangePassword",
        """
        [{"Effect":"Allow","Action":["iam:ChangePassword"],
          "Resource":["arn:aws:iam::*:user/${aws:username}"]},
         {"Effect":"Allow","Action":["iam:GetAccountPasswordPolicy"],"Resource":"*"}]\
        """);
  }

  private AwsPolicies() {}

  private static void allow(String name, String actions) {
    String list = actions.replace(" ", "\",\"");
    add(name, "[{\"Effect\":\"Allow\",\"Action\":[\"" + list + "\"],\"Resource\":\"*\"}]");
  }

  private static void add(String name, String statements) {
    ManagedPolicy policy =
        ManagedPolicy.compile(
            "aws", name, "{\"Version\":\"2012-10-17\",\"Statement\":" + statements + "}");
    BY_ARN.put(policy.arn(), policy);
  }

  /** A policy that is not in the database: of the configuration or of AWS. */
  static Optional<ManagedPolicy> fixed(IamSnapshot configured, String arn) {
    return configured.policy(arn).or(() -> find(arn));
  }

  public static Optional<ManagedPolicy> find(String arn) {
    return Optional.ofNullable(BY_ARN.get(arn));
  }

  /** All of them, ordered by ARN. */
  public static Collection<ManagedPolicy> all() {
    return BY_ARN.values();
  }
}
