package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Caller;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.PolicyCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.support.CapturedLog;
import dev.lakebed.support.Evidence;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bucket policies and Block Public Access: AWS's "bucket policies" and "blocking public access"
 * pages.
 */
@Evidence({"contract-5.1", "contract-5.2", "contract-5.5"})
class BucketPolicyTest {
  private static final String OTHER = "111122223333";
  private static final String READ_BY =
      "{'Effect':'Allow','Principal':%s,'Action':['s3:GetObject','s3:PutObject'],"
          + "'Resource':'arn:aws:s3:::bkt/*'}";
  private static final String LOCK_OUT =
      PolicyCaller.policy(
          "{'Effect':'Deny','Principal':'*','Action':'s3:*',"
              + "'Resource':['arn:aws:s3:::bkt','arn:aws:s3:::bkt/*']}");
  private static final String CONFIRM = "x-amz-confirm-remove-self-bucket-access";
  private static final String BLOCK =
      "<PublicAccessBlockConfiguration><BlockPublicPolicy>%s</BlockPublicPolicy>"
          + "<RestrictPublicBuckets>%s</RestrictPublicBuckets></PublicAccessBlockConfiguration>";

  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();
  private final Caller admin = PolicyCaller.admin();

  @BeforeEach
  void bucketWithAnObject() {
    s3.as(admin).send("PUT", "/bkt");
    assertThat(s3.put("/bkt/k", "x").status()).isEqualTo(200);
  }

  private Answer policy(String statements) {
    return s3.as(admin).put("/bkt?policy", PolicyCaller.policy(statements));
  }

  private int read(Caller caller) {
    return s3.as(caller).send("GET", "/bkt/k").status();
  }

  @Test
  void a_policy_is_given_back_as_written_and_deleted() {
    assertThat(s3.send("GET", "/bkt?policy").code()).isEqualTo("NoSuchBucketPolicy");
    assertThat(s3.send("GET", "/bkt?policyStatus").code()).isEqualTo("NoSuchBucketPolicy");
    String written = PolicyCaller.policy(READ_BY.formatted("'*'")) + " ";
    assertThat(s3.put("/bkt?policy", written).status()).isEqualTo(204);
    Answer read = s3.send("GET", "/bkt?policy");
    assertThat(read.text()).isEqualTo(written);
    assertThat(read.header("content-type")).isEqualTo("application/json");
    assertThat(s3.send("GET", "/bkt?policyStatus").element("IsPublic")).isEqualTo("true");
    assertThat(s3.send("DELETE", "/bkt?policy").status()).isEqualTo(204);
    assertThat(s3.send("DELETE", "/bkt?policy").status()).isEqualTo(204);
    assertThat(s3.send("GET", "/bkt?policy").status()).isEqualTo(404);
  }

  @Test
  void a_public_policy_lets_the_unsigned_in_until_it_is_deleted() {
    assertThat(read(PolicyCaller.anonymous())).isEqualTo(403);
    policy(READ_BY.formatted("'*'"));
    assertThat(read(PolicyCaller.anonymous())).isEqualTo(200);
    assertThat(s3.send("GET", "/bkt").status()).isEqualTo(403);
    assertThat(s3.send("GET", "/bkt?policy").status()).isEqualTo(403);
    s3.as(admin).send("DELETE", "/bkt?policy");
    assertThat(read(PolicyCaller.anonymous())).isEqualTo(403);
  }

  @Test
  void a_user_of_the_account_needs_only_the_bucket_policy() {
    Caller alice = PolicyCaller.powerless(PolicyCaller.ACCOUNT, "alice");
    assertThat(read(alice)).isEqualTo(403);
    policy(READ_BY.formatted("{'AWS':'arn:aws:iam::000000000000:user/alice'}"));
    assertThat(read(alice)).isEqualTo(200);
    assertThat(read(PolicyCaller.powerless(PolicyCaller.ACCOUNT, "bob"))).isEqualTo(403);
  }

  @Test
  void a_user_of_another_account_needs_both_sides() {
    Caller willing = PolicyCaller.user(OTHER, "eve", allowed());
    Caller powerless = PolicyCaller.powerless(OTHER, "eve");
    assertThat(read(willing)).isEqualTo(403);
    policy(READ_BY.formatted("{'AWS':'" + OTHER + "'}"));
    assertThat(read(willing)).isEqualTo(200);
    assertThat(read(powerless)).isEqualTo(403);
  }

  @Test
  @Evidence("attack-30")
  void a_deny_of_the_bucket_policy_binds_an_administrator() {
    policy(
        "{'Effect':'Deny','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::bkt/*'}");
    assertThat(read(admin)).isEqualTo(403);
    assertThat(s3.send("GET", "/bkt?policy").status()).isEqualTo(200);
  }

  @Test
  void not_principal_denies_everybody_else() {
    policy(
        "{'Effect':'Deny','NotPrincipal':{'AWS':'arn:aws:iam::000000000000:user/alice'},"
            + "'Action':'s3:GetObject','Resource':'arn:aws:s3:::bkt/*'}");
    assertThat(read(admin)).isEqualTo(403);
    assertThat(read(PolicyCaller.user(PolicyCaller.ACCOUNT, "alice", allowed()))).isEqualTo(200);
  }

  /** AWS, "Principal": the id stands for a principal that was deleted, and matches nobody. */
  @Test
  @Evidence({"attack-22", "attack-76"})
  void a_policy_means_the_user_that_was_there_when_it_was_put() {
    String alice = "arn:aws:iam::000000000000:user/alice";
    String allow = READ_BY.formatted("{'AWS':'" + alice + "'}");
    Caller old = PolicyCaller.powerless(PolicyCaller.ACCOUNT, "alice");
    server.stores.principals.put(alice, "AIDAAAAAAAAAAAAAALICE");
    assertThat(policy(allow).status()).isEqualTo(204);
    assertThat(s3.send("GET", "/bkt?policy").text()).isEqualTo(PolicyCaller.policy(allow));
    assertThat(read(old)).as("has another id").isEqualTo(403);
    server.stores.principals.remove(alice);
    assertThat(s3.as(admin).send("GET", "/bkt?policy").text())
        .isEqualTo(PolicyCaller.policy(READ_BY.formatted("{'AWS':'AIDAAAAAAAAAAAAAALICE'}")));
    server.stores.principals.put(alice, old.principal().userId());
    assertThat(policy(allow).status()).isEqualTo(204);
    assertThat(read(old)).isEqualTo(200);
  }

  @Test
  @Evidence("attack-22")
  void who_does_not_exist_cannot_be_named() {
    Answer refused = policy(READ_BY.formatted("{'AWS':'arn:aws:iam::000000000000:user/absent'}"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("MalformedPolicy");
    assertThat(refused.element("Message")).isEqualTo("Invalid principal in policy");
    assertThat(refused.element("Detail")).isEqualTo("arn:aws:iam::000000000000:user/absent");
    assertThat(s3.send("GET", "/bkt?policy").code()).isEqualTo("NoSuchBucketPolicy");
  }

  /** The writer must not be locked out by a policy that means the writer's predecessor. */
  @Test
  void a_writer_is_judged_by_the_bound_policy() {
    server.stores.principals.put("arn:aws:iam::000000000000:user/admin", "AIDAAAAAAAAAAAAAAADMI");
    Answer refused =
        policy(
            "{'Effect':'Deny','NotPrincipal':{'AWS':'arn:aws:iam::000000000000:user/admin'},"
                + "'Action':'s3:*','Resource':'arn:aws:s3:::bkt'}");
    assertThat(refused.status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "{}",
        "{'Version':'2012-10-17','Statement':[]}",
        "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:*'}]}",
        "{'Statement':[{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::bkt'}]}",
        "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*'}]}",
        "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:*',"
            + "'Resource':'arn:aws:s3:::bkt2/*'}]}",
        "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:*',"
            + "'Resource':'arn:aws:s3:::bk*'}]}",
        "{'Statement':[{'Effect':'Allow','NotPrincipal':'*','Action':'s3:*',"
            + "'Resource':'arn:aws:s3:::bkt'}]}",
        "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:*',"
            + "'Resource':'arn:aws:s3:::bkt','Condition':{'StringLikes':{'aws:username':'a'}}}]}"
      })
  void a_policy_that_is_not_one_of_this_bucket_is_malformed(String document) {
    Answer answer = s3.put("/bkt?policy", document.replace('\'', '"'));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("MalformedPolicy");
    assertThat(s3.send("GET", "/bkt?policy").status()).isEqualTo(404);
  }

  @Test
  @Evidence("attack-56")
  void twenty_kibibytes_are_the_limit() {
    String document = PolicyCaller.policy(READ_BY.formatted("'*'"));
    String full = document + " ".repeat(20 * 1024 - document.length());
    assertThat(s3.put("/bkt?policy", full + " ").code()).isEqualTo("PolicyTooLarge");
    assertThat(s3.put("/bkt?policy", full).status()).isEqualTo(204);
    assertThat(s3.put("/bkt?policy", "x".repeat(1 << 20)).code())
        .isEqualTo("MaxMessageLengthExceeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "true"})
  void nobody_locks_himself_out_where_no_root_user_could_undo_it(String confirmed) {
    Answer answer = s3.put("/bkt?policy", LOCK_OUT, CONFIRM, confirmed);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("AccessDenied");
    assertThat(s3.send("GET", "/bkt?policy").status()).isEqualTo(404);
  }

  /** AWS, PutBucketPolicy: x-amz-confirm-remove-self-bucket-access, and the root user's right. */
  @ParameterizedTest
  @CsvSource({"'', 403", "false, 403", "TRUE, 403", "true, 204"})
  void who_confirms_it_may_lock_himself_out_where_there_is_a_root_user(
      String confirmed, int status) {
    server.addRoot();
    assertThat(s3.put("/bkt?policy", LOCK_OUT, CONFIRM, confirmed).status()).isEqualTo(status);
    assertThat(s3.send("GET", "/bkt").status()).isEqualTo(status == 204 ? 403 : 200);
  }

  @Test
  void the_root_user_reads_changes_and_deletes_a_policy_that_locks_it_out_and_does_nothing_else() {
    server.addRoot();
    assertThat(s3.put("/bkt?policy", LOCK_OUT, CONFIRM, "true").status()).isEqualTo(204);
    assertThat(s3.send("DELETE", "/bkt?policy").code()).isEqualTo("AccessDenied");
    s3.as(PolicyCaller.root());
    assertThat(s3.send("GET", "/bkt?policy").text()).isEqualTo(LOCK_OUT);
    assertThat(s3.send("GET", "/bkt/k").code()).isEqualTo("AccessDenied");
    assertThat(s3.put("/bkt?policy", LOCK_OUT).status()).isEqualTo(204);
    assertThat(s3.send("DELETE", "/bkt?policy").status()).isEqualTo(204);
    assertThat(s3.send("GET", "/bkt/k").status()).isEqualTo(200);
  }

  @Test
  void another_account_does_not_manage_the_policy_even_when_it_may() {
    policy(
        "{'Effect':'Allow','Principal':{'AWS':'111122223333'},'Action':'s3:*',"
            + "'Resource':'arn:aws:s3:::bkt'}");
    s3.as(PolicyCaller.user(OTHER, "eve", allowed()));
    assertThat(s3.send("GET", "/bkt?policy").code()).isEqualTo("MethodNotAllowed");
    assertThat(s3.send("DELETE", "/bkt?policy").code()).isEqualTo("MethodNotAllowed");
    assertThat(s3.put("/bkt?policy", "x").code()).isEqualTo("MethodNotAllowed");
  }

  @Test
  @Evidence("attack-76")
  void nothing_of_the_policy_survives_a_new_bucket_of_the_name() {
    policy(READ_BY.formatted("'*'"));
    s3.as(admin).send("DELETE", "/bkt/k");
    assertThat(s3.send("DELETE", "/bkt").status()).isEqualTo(204);
    s3.send("PUT", "/bkt");
    s3.put("/bkt/k", "y");
    assertThat(s3.send("GET", "/bkt?policy").status()).isEqualTo(404);
    assertThat(read(PolicyCaller.anonymous())).isEqualTo(403);
  }

  @Test
  void settings_of_block_public_access_are_kept() {
    assertThat(s3.send("GET", "/bkt?publicAccessBlock").code())
        .isEqualTo("NoSuchPublicAccessBlockConfiguration");
    assertThat(s3.put("/bkt?publicAccessBlock", BLOCK.formatted("true", "false")).status())
        .isEqualTo(200);
    Answer read = s3.send("GET", "/bkt?publicAccessBlock");
    assertThat(read.element("BlockPublicPolicy")).isEqualTo("true");
    assertThat(read.element("RestrictPublicBuckets")).isEqualTo("false");
    assertThat(read.element("BlockPublicAcls")).isEqualTo("false");
    assertThat(read.element("IgnorePublicAcls")).isEqualTo("false");
    assertThat(s3.send("DELETE", "/bkt?publicAccessBlock").status()).isEqualTo(204);
    assertThat(s3.send("GET", "/bkt?publicAccessBlock").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"maybe, MalformedXML", "'', MalformedXML"})
  void a_setting_that_is_no_truth_value_is_malformed(String value, String code) {
    assertThat(s3.put("/bkt?publicAccessBlock", BLOCK.formatted(value, "false")).code())
        .isEqualTo(code);
  }

  @Test
  void block_public_policy_refuses_public_policies_only() {
    s3.put("/bkt?publicAccessBlock", BLOCK.formatted("true", "false"));
    Answer refused = policy(READ_BY.formatted("'*'"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.element("Message")).contains("BlockPublicPolicy");
    assertThat(policy(READ_BY.formatted("{'AWS':'111122223333'}")).status()).isEqualTo(204);
  }

  @Test
  @Evidence("attack-41")
  void restrict_public_buckets_keeps_everybody_outside_the_account_out() {
    policy(READ_BY.formatted("'*'"));
    s3.put("/bkt?publicAccessBlock", BLOCK.formatted("false", "true"));
    assertThat(read(PolicyCaller.anonymous())).isEqualTo(403);
    for (String target : new String[] {"/bkt?versions", "/bkt?location", "/bkt"}) {
      assertThat(s3.send("GET", target).status()).as(target).isEqualTo(403);
    }
    assertThat(s3.send("HEAD", "/bkt/k").status()).isEqualTo(403);
    assertThat(read(PolicyCaller.user(OTHER, "eve", allowed()))).isEqualTo(403);
    assertThat(read(PolicyCaller.powerless(PolicyCaller.ACCOUNT, "alice"))).isEqualTo(200);
    policy(READ_BY.formatted("{'AWS':'111122223333'}"));
    assertThat(read(PolicyCaller.user(OTHER, "eve", allowed()))).isEqualTo(200);
  }

  /** The configuration can give rights to everybody; they are public access too. */
  @Test
  @Evidence("attack-41")
  void restrict_public_buckets_closes_what_the_configuration_opens() {
    Policy all = Policy.parse("anonymous", PolicyCaller.policy(allowed()), Policy.Kind.IDENTITY);
    Caller everybody =
        PolicyCaller.anonymous(new Grants(List.of(all), Optional.empty(), List.of(), false));
    assertThat(read(everybody)).isEqualTo(200);
    s3.as(admin).put("/bkt?publicAccessBlock", BLOCK.formatted("false", "true"));
    assertThat(read(everybody)).isEqualTo(403);
    for (String target : new String[] {"/bkt?versions", "/bkt?location", "/bkt"}) {
      assertThat(s3.send("GET", target).code()).as(target).isEqualTo("AccessDenied");
    }
    assertThat(s3.send("HEAD", "/bkt/k").status()).isEqualTo(403);
    assertThat(read(PolicyCaller.user(PolicyCaller.ACCOUNT, "bob", allowed()))).isEqualTo(200);
  }

  /** AWS, "Access management for S3 Tables": Block Public Access is always on for them. */
  @Test
  @Evidence("attack-49")
  void a_table_bucket_cannot_be_made_public() {
    server.stores.metadata.create("tables", Bucket.Kind.TABLE, PolicyCaller.ACCOUNT);
    String everybody = READ_BY.formatted("'*'").replace("bkt", "tables");
    Answer refused = s3.as(admin).put("/tables?policy", PolicyCaller.policy(everybody));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.element("Message")).contains("BlockPublicPolicy");
    assertThat(s3.send("GET", "/tables?policy").code()).isEqualTo("NoSuchBucketPolicy");
    String one = READ_BY.formatted("{'AWS':'111122223333'}").replace("bkt", "tables");
    assertThat(s3.put("/tables?policy", PolicyCaller.policy(one)).status()).isEqualTo(204);
  }

  private static String allowed() {
    return "{'Effect':'Allow','Action':'*','Resource':'*'}";
  }

  @Test
  void refusals_by_block_public_access_and_lock_out_have_a_decision_id() {
    s3.as(admin).put("/bkt?publicAccessBlock", BLOCK.formatted("true", "true"));
    Answer blocked = policy(READ_BY.formatted("'*'"));
    assertThat(blocked.status()).isEqualTo(403);
    assertThat(blocked.element("DecisionId")).matches("[0-9A-F]{16}");
    Answer lockedOut =
        policy("{'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::bkt'}");
    assertThat(lockedOut.status()).isEqualTo(403);
    assertThat(lockedOut.element("DecisionId")).matches("[0-9A-F]{16}");
    assertThat(lockedOut.element("Message")).contains("nobody could change it again");
  }

  /**
   * AWS refuses these in bucket policies, because a Deny written so protects nothing: "Policy has
   * invalid action" and "Action does not apply to any resource(s) in statement" (re:Post, "Why am I
   * getting an error about my bucket policy").
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "s3:GetObjct"                    | "arn:aws:s3:::bkt/*"             | Policy has invalid action
          "s3:Frobnicate*"                 | "arn:aws:s3:::bkt/*"             | Policy has invalid action
          "ec2:RunInstances"               | "arn:aws:s3:::bkt/*"             | Policy has invalid action
          "s3tables:*"                     | "arn:aws:s3:::bkt"               | Policy has invalid action
          ["s3:GetObject","s3:GetObjct"]   | "arn:aws:s3:::bkt/*"             | Policy has invalid action
          "s3:GetObject"                   | "arn:aws:s3:::bkt"               | Action does not apply to any resource(s) in statement
          "s3:*Object"                     | "arn:aws:s3:::bkt"               | Action does not apply to any resource(s) in statement
          "s3:ListBucket"                  | "arn:aws:s3:::bkt/*"             | Action does not apply to any resource(s) in statement
          ["s3:GetObject","s3:ListBucket"] | "arn:aws:s3:::bkt/*"             | Action does not apply to any resource(s) in statement
          "s3:PutBucketPolicy"             | "arn:aws:s3:::bkt/${aws:userid}" | Action does not apply to any resource(s) in statement
          "s3:ListAllMyBuckets"            | ["arn:aws:s3:::bkt","arn:aws:s3:::bkt/*"] | Action does not apply to any resource(s) in statement
          """)
  void an_action_that_protects_nothing_is_malformed(
      String action, String resource, String sentence) {
    Answer refused =
        policy(
            READ_BY.formatted("'*'")
                + ",{'Sid':'Typo','Effect':'Deny','Principal':'*','Action':%s,'Resource':%s}"
                    .formatted(action, resource));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("MalformedPolicy");
    assertThat(refused.element("Message")).startsWith(sentence).contains("statement Typo");
    assertThat(s3.send("GET", "/bkt?policy").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "s3:*"                           | "arn:aws:s3:::bkt"
          "*"                              | "arn:aws:s3:::bkt/*"
          "s3:Get*"                        | "arn:aws:s3:::bkt"
          ["s3:GetObject","s3:ListBucket"] | ["arn:aws:s3:::bkt","arn:aws:s3:::bkt/*"]
          "S3:getobject"                   | "arn:aws:s3:::bkt/k"
          "s3:GetObject"                   | ["arn:aws:s3:::bkt","arn:aws:s3:::bkt/*"]
          """)
  void an_action_that_applies_to_a_resource_is_accepted(String action, String resource) {
    assertThat(
            policy(
                    "{'Effect':'Allow','Principal':{'AWS':'111122223333'},'Action':%s,'Resource':%s}"
                        .formatted(action, resource))
                .status())
        .isEqualTo(204);
  }

  /** AWS says of resource-based policies that their grants add to session policies. */
  @Test
  void a_grant_to_everybody_is_warned_about_because_session_policies_do_not_narrow_it() {
    try (CapturedLog log = new CapturedLog("dev.lakebed.policies")) {
      policy(READ_BY.formatted("{'AWS':'111122223333'}"));
      assertThat(log.lines()).isEmpty();
      policy(READ_BY.formatted("'*'"));
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARNING accepted for arn:aws:s3:::bkt: policy bucket policy: an Allow with")
          .contains("session policy");
    }
  }
}
