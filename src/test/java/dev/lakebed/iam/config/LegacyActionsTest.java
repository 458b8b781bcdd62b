package dev.lakebed.iam.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.iam.model.User;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.PolicyEngine;
import dev.lakebed.policy.Question;
import dev.lakebed.policy.Question.Subject;
import dev.lakebed.support.Evidence;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What SeaweedFS action names give. */
@Evidence("seaweedfs-2.2")
class LegacyActionsTest {
  private static final String ACCOUNT = "000000000000";

  @ParameterizedTest
  @CsvSource({
    "Admin, s3:CreateBucket, arn:aws:s3:::b, true",
    "Admin, iam:CreateUser, arn:aws:iam::000000000000:user/x, true",
    "Admin, s3tables:CreateTableBucket, arn:aws:s3tables:us-east-1:000000000000:bucket/*, true",
    "Admin:b, s3:DeleteBucket, arn:aws:s3:::b, true",
    "Admin:b, s3:PutObject, arn:aws:s3:::b/k, true",
    "Admin:b, s3:PutObject, arn:aws:s3:::c/k, false",
    "Admin:b, iam:CreateUser, arn:aws:iam::000000000000:user/x, false",
    "Read, s3:GetObject, arn:aws:s3:::b/k, true",
    "Read, s3:GetBucketLocation, arn:aws:s3:::b, true",
    "Read, s3:PutObject, arn:aws:s3:::b/k, false",
    "Read:b, s3:GetObject, arn:aws:s3:::b/k/l, true",
    "Read:b, s3:GetObject, arn:aws:s3:::bb/k, false",
    "Read:b*, s3:GetObject, arn:aws:s3:::bb/k, true",
    "Read:b/p/*, s3:GetObject, arn:aws:s3:::b/p/k, true",
    "Read:b/p/*, s3:GetObject, arn:aws:s3:::b/q/k, false",
    "Read:b/p$x*, s3:GetObject, arn:aws:s3:::b/p$xy, true",
    "List, s3:ListBucket, arn:aws:s3:::b, true",
    "List, s3:ListAllMyBuckets, arn:aws:s3:::*, true",
    "List:b, s3:ListAllMyBuckets, arn:aws:s3:::*, false",
    "List:b, s3:ListBucket, arn:aws:s3:::c, false",
    "List, s3:GetObject, arn:aws:s3:::b/k, false",
    "Write, s3:PutObject, arn:aws:s3:::b/k, true",
    "Write, s3:DeleteObject, arn:aws:s3:::b/k, true",
    "Write, s3:AbortMultipartUpload, arn:aws:s3:::b/k, true",
    "Write, s3:GetObject, arn:aws:s3:::b/k, false",
    "Write, s3:CreateBucket, arn:aws:s3:::b, false",
    "Write, s3:PutObjectTagging, arn:aws:s3:::b/k, false",
    "Tagging, s3:PutObjectTagging, arn:aws:s3:::b/k, true",
    "ReadAcp, s3:GetObjectAcl, arn:aws:s3:::b/k, true",
    "WriteAcp, s3:PutBucketAcl, arn:aws:s3:::b, true",
    "BypassGovernanceRetention, s3:BypassGovernanceRetention, arn:aws:s3:::b/k, true",
    "PutBucketPolicy:b, s3:PutBucketPolicy, arn:aws:s3:::b, true",
    "PutBucketPolicy:b, s3:PutBucketPolicy, arn:aws:s3:::c, false",
    "s3tables:GetTable, s3tables:GetTable,"
        + " arn:aws:s3tables:us-east-1:000000000000:bucket/b/table/x, true",
    "s3tables:GetTable, s3tables:DeleteTable,"
        + " arn:aws:s3tables:us-east-1:000000000000:bucket/b/table/x, false",
    "s3tables:*:b, s3tables:DeleteTable, arn:aws:s3tables:us-east-1:000000000000:bucket/b/table/x,"
        + " true",
    "s3tables:*:b, s3tables:DeleteTable, arn:aws:s3tables:us-east-1:000000000000:bucket/c/table/x,"
        + " false",
  })
  void action_gives_exactly(String legacy, String action, String resource, boolean allowed) {
    assertThat(allowed(legacy, action, resource, Keys.NONE)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"p/x, true", "q/x, false", "'', false"})
  void list_below_a_prefix_needs_that_prefix(String prefix, boolean allowed) {
    Keys keys = key -> key.equals("s3:prefix") ? List.of(prefix) : List.of();
    assertThat(allowed("List:b/p/*", "s3:ListBucket", "arn:aws:s3:::b", keys)).isEqualTo(allowed);
  }

  private static boolean allowed(String legacy, String action, String resource, Keys keys) {
    User user =
        ConfigText.load("{\"identities\":[{\"name\":\"u\",\"actions\":[\"" + legacy + "\"]}]}")
            .snapshot()
            .users()
            .iterator()
            .next();
    Subject subject =
        new Subject(Subject.Kind.USER, ACCOUNT, user.arn(), Optional.empty(), user.id());
    return PolicyEngine.decide(
            new Question(action, resource, ACCOUNT, subject, user.grants(), List.of(), keys))
        .allowed();
  }
}
