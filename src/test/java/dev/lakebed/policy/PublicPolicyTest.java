package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The meaning of "public" and what a bucket policy names; from S3's Block Public Access page. */
final class PublicPolicyTest {
  private static Policy bucketPolicy(String effect, String principal, String condition) {
    return Policy.parse(
        "bucket",
        Asking.policy(
            "{'Effect':'%s','Principal':%s,'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'%s}"
                .formatted(effect, principal, condition)),
        Policy.Kind.RESOURCE);
  }

  @Test
  void only_an_allow_to_everyone_is_public() {
    assertThat(bucketPolicy("Allow", "'*'", "").isPublic()).isTrue();
    assertThat(bucketPolicy("Allow", "{'AWS':['000000000000','*']}", "").isPublic()).isTrue();
    assertThat(bucketPolicy("Deny", "'*'", "").isPublic()).isFalse();
    assertThat(bucketPolicy("Allow", "{'AWS':'000000000000'}", "").isPublic()).isFalse();
    assertThat(bucketPolicy("Allow", "{'Service':'logging.s3.amazonaws.com'}", "").isPublic())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals,aws:SourceVpc,vpc-1,false",
    "StringEquals,aws:PrincipalOrgID,o-1,false",
    "ArnLike,aws:SourceArn,arn:aws:s3:::b,false",
    "ArnLike,aws:SourceArn,arn:aws:s3:::*,true",
    "StringLike,aws:userid,AROA1:*,true",
    "StringEquals,aws:userid,AIDA1,false",
    "StringEquals,aws:SourceVpc,${aws:SourceVpc},true",
    "StringEqualsIfExists,aws:SourceVpc,vpc-1,true",
    "ForAllValues:StringEquals,aws:SourceVpc,vpc-1,true",
    "StringNotEquals,aws:SourceVpc,vpc-1,true",
    "StringEquals,aws:Referer,http://x,true",
    "IpAddress,aws:SourceIp,203.0.113.0/24,false",
    "IpAddress,aws:SourceIp,0.0.0.0/0,true",
    "IpAddress,aws:SourceIp,0.0.0.0/7,true",
    "IpAddress,aws:SourceIp,2001:db8::/32,false",
    "IpAddress,aws:SourceIp,2000::/3,true",
    "NotIpAddress,aws:SourceIp,203.0.113.0/24,true",
  })
  void a_condition_confines_only_with_fixed_values(
      String operator, String key, String value, boolean isPublic) {
    String condition = ",'Condition':{'%s':{'%s':'%s'}}".formatted(operator, key, value);
    assertThat(bucketPolicy("Allow", "'*'", condition).isPublic()).isEqualTo(isPublic);
  }

  /** Everybody fulfils it, or can by a header. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "StringEquals | aws:userid | 'anonymous'",
        "StringEquals | aws:userid | ['AIDA1','anonymous']",
        "StringEqualsIgnoreCase | aws:UserId | 'ANONYMOUS'",
        "StringLike | aws:userid | 'anonymous'",
        "ForAnyValue:StringEquals | aws:userid | 'anonymous'",
        "ForAnyValue:StringEqualsIgnoreCase | aws:userid | ['AIDA1','Anonymous']",
        "StringEqualsIfExists | aws:userid | 'AIDA1'",
        "StringEquals | aws:PrincipalType | 'Anonymous'",
        "StringEquals | aws:PrincipalIsAWSService | 'false'",
        "StringEquals | s3:x-amz-server-side-encryption-aws-kms-key-id | 'k'",
      })
  void a_condition_that_anonymous_requests_fulfil_confines_nobody(
      String operator, String key, String values) {
    String condition = ",'Condition':{'%s':{'%s':%s}}".formatted(operator, key, values);
    assertThat(bucketPolicy("Allow", "'*'", condition).isPublic()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "StringEquals | aws:userid | 'Anonymous'",
        "StringEqualsIgnoreCase | aws:userid | ['AIDA1','AIDA2']",
        "ForAnyValue:StringLike | aws:userid | 'AIDA1'",
        "StringEquals | aws:PrincipalArn | 'anonymous'",
        "StringEquals | aws:PrincipalAccount | 'anonymous'",
        "StringLike | aws:SourceAccount | 'anonymous'",
      })
  void a_condition_that_no_anonymous_request_fulfils_confines(
      String operator, String key, String values) {
    String condition = ",'Condition':{'%s':{'%s':%s}}".formatted(operator, key, values);
    assertThat(bucketPolicy("Allow", "'*'", condition).isPublic()).isFalse();
  }

  /** Whoever has credentials could assume such a role. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Allow | \"*\" | | true",
        "Allow | {'AWS':['000000000000','*']} | | true",
        "Allow | \"*\" | ,'Condition':{} | true",
        "Allow | \"*\" | ,'Condition':{'StringEquals':{'sts:ExternalId':'x'}} | false",
        "Allow | {'AWS':'000000000000'} | | false",
        "Deny | \"*\" | | false"
      })
  @Evidence("attack-22")
  void a_role_is_open_when_it_trusts_everybody_unconditionally(
      String effect, String principal, String condition, boolean open) {
    Policy trust =
        Policy.parse(
            "trust",
            Asking.policy(
                "{'Effect':'%s','Principal':%s,'Action':'sts:AssumeRole'%s}"
                    .formatted(effect, principal, condition == null ? "" : condition)),
            Policy.Kind.TRUST);
    assertThat(trust.trustsEverybody()).isEqualTo(open);
  }

  @Test
  void resources_are_listed_as_written() {
    Policy policy =
        Policy.parse(
            "p",
            Asking.policy(
                "{'Effect':'Allow','Action':'*','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*']},"
                    + "{'Effect':'Deny','Action':'*','NotResource':'*'}"),
            Policy.Kind.IDENTITY);
    assertThat(policy.resources()).containsExactly("arn:aws:s3:::b", "arn:aws:s3:::b/*", "*");
    assertThat(policy.isPublic()).isFalse();
  }
}
