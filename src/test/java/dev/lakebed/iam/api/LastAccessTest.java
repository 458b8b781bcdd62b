package dev.lakebed.iam.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.storage.metadata.iam.LastUses.LastUse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reports of last use and of grants: AWS, IAM API reference, the pages of the operations. */
class LastAccessTest {
  private final IamServer server = IamServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  private String user(String name) {
    return server.call("CreateUser", "UserName", name).requireOk().element("UserId");
  }

  private void used(String id, String service, String time) {
    server.note(new LastUse(id, service, "us-east-1", Instant.parse(time)));
  }

  private String job(String arn) {
    return server
        .call("GenerateServiceLastAccessedDetails", "Arn", arn)
        .requireOk()
        .element("JobId");
  }

  @Test
  void a_group_report_lists_its_users_the_latest_use_first() {
    server.call("CreateGroup", "GroupName", "g").requireOk();
    server
        .call(
            "AttachGroupPolicy",
            "GroupName",
            "g",
            "PolicyArn",
            "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
        .requireOk();
    used(user("early"), "s3", "2026-01-01T00:00:00Z");
    used(user("late"), "s3", "2026-02-01T00:00:00Z");
    user("never");
    for (String name : new String[] {"never", "early", "late"}) {
      server.call("AddUserToGroup", "GroupName", "g", "UserName", name).requireOk();
    }
    String job = job(server.arn("group/g"));
    Answer services = server.call("GetServiceLastAccessedDetails", "JobId", job).requireOk();
    assertThat(services.elements("ServiceNamespace")).containsExactly("s3");
    assertThat(services.element("LastAuthenticatedEntity")).isEqualTo(server.arn("user/late"));
    assertThat(services.element("TotalAuthenticatedEntities")).isEqualTo("2");
    Answer all = entities(job, "s3", "10");
    assertThat(all.elements("Name")).containsExactly("late", "early", "never");
    assertThat(all.elements("LastAuthenticated"))
        .containsExactly("2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z");
    assertThat(all.elements("Type")).containsOnly("USER");
    assertThat(all.element("JobStatus")).isEqualTo("COMPLETED");
    Answer first = entities(job, "s3", "2");
    assertThat(first.element("IsTruncated")).isEqualTo("true");
    Answer rest =
        server
            .call(
                "GetServiceLastAccessedDetailsWithEntities",
                "JobId",
                job,
                "ServiceNamespace",
                "s3",
                "Marker",
                first.element("Marker"))
            .requireOk();
    assertThat(rest.elements("Name")).containsExactly("never");
    assertThat(entities(job, "iam", "10").elements("Name"))
        .as("the group's policies do not give IAM")
        .isEmpty();
  }

  private Answer entities(String job, String service, String page) {
    return server
        .call(
            "GetServiceLastAccessedDetailsWithEntities",
            "JobId",
            job,
            "ServiceNamespace",
            service,
            "MaxItems",
            page)
        .requireOk();
  }

  @Test
  void a_policy_report_lists_who_has_it_also_by_a_group() {
    String policy = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
    user("direct");
    user("member");
    server.call("CreateGroup", "GroupName", "g").requireOk();
    server.call("AddUserToGroup", "GroupName", "g", "UserName", "member").requireOk();
    server.call("AttachGroupPolicy", "GroupName", "g", "PolicyArn", policy).requireOk();
    server.call("AttachUserPolicy", "UserName", "direct", "PolicyArn", policy).requireOk();
    assertThat(entities(job(policy), "s3", "10").elements("Name"))
        .containsExactly("direct", "member");
  }

  @Test
  void last_use_of_actions_is_refused_and_jobs_are_their_owners() {
    user("u");
    assertThat(
            server
                .call(
                    "GenerateServiceLastAccessedDetails",
                    "Arn",
                    server.arn("user/u"),
                    "Granularity",
                    "ACTION_LEVEL")
                .outcome())
        .isEqualTo("501 NotImplemented");
    String job = job(server.arn("user/u"));
    var other = server.user("other");
    server
        .call(
            "AttachUserPolicy",
            "UserName",
            "other",
            "PolicyArn",
            "arn:aws:iam::aws:policy/IAMFullAccess")
        .requireOk();
    assertThat(
            server
                .call(server.key(other.access()), "GetServiceLastAccessedDetails", "JobId", job)
                .outcome())
        .isEqualTo("404 NoSuchEntity");
    assertThat(
            server
                .call(
                    "GetServiceLastAccessedDetailsWithEntities",
                    "JobId",
                    "00000000-0000-0000-0000-000000000000",
                    "ServiceNamespace",
                    "s3")
                .outcome())
        .isEqualTo("404 NoSuchEntity");
  }

  @Test
  void policies_that_grant_a_service_are_listed_with_their_holders() {
    user("u");
    server.call("CreateGroup", "GroupName", "g").requireOk();
    server.call("AddUserToGroup", "GroupName", "g", "UserName", "u").requireOk();
    server
        .call(
            "PutGroupPolicy",
            "GroupName",
            "g",
            "PolicyName",
            "shared",
            "PolicyDocument",
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
                + "\"NotAction\":\"s3:*\",\"Resource\":\"*\"}}")
        .requireOk();
    server
        .call(
            "AttachUserPolicy",
            "UserName",
            "u",
            "PolicyArn",
            "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
        .requireOk();
    Answer answer =
        server
            .call(
                "ListPoliciesGrantingServiceAccess",
                "Arn",
                server.arn("user/u"),
                "ServiceNamespaces.member.1",
                "s3",
                "ServiceNamespaces.member.2",
                "iam")
            .requireOk();
    assertThat(answer.elements("ServiceNamespace")).containsExactly("s3", "iam");
    assertThat(answer.elements("PolicyName")).containsExactly("AmazonS3ReadOnlyAccess", "shared");
    assertThat(answer.elements("PolicyType")).containsExactly("MANAGED", "INLINE");
    assertThat(answer.element("EntityType")).isEqualTo("GROUP");
    assertThat(answer.element("EntityName")).isEqualTo("g");
    assertThat(
            server.call("ListPoliciesGrantingServiceAccess", "Arn", server.arn("user/u")).outcome())
        .isEqualTo("400 ValidationError");
    assertThat(
            server
                .call(
                    "ListPoliciesGrantingServiceAccess",
                    "Arn",
                    server.arn("user/u"),
                    "ServiceNamespaces.member.1",
                    "s3",
                    "Marker",
                    "%")
                .outcome())
        .isEqualTo("400 ValidationError");
  }
}
